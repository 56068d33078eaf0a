namespace Sessions.IntegrationTests.Chaos;

/// <summary>A fault that begins and ends when the test says so.</summary>
public sealed class Fault(Victims victims)
{
    private volatile FaultKind _kind;
    private TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _hits;
    private int _calls;
    private int _answers;

    /// <summary>How often the part was called, broken or not.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>How often it did its work, broken by nothing.</summary>
    public int Answers => Volatile.Read(ref _answers);

    public int Hits => Volatile.Read(ref _hits);

    public void Begin(FaultKind kind)
    {
        _over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _kind = kind;
    }

    public void End()
    {
        _kind = FaultKind.None;
        _over.TrySetResult();
    }

    /// <summary>Ends it for new calls; those that it holds go on when the gate that it returns is opened.</summary>
    public TaskCompletionSource EndLater()
    {
        _kind = FaultKind.None;
        return _over;
    }

    public void Hit() => HitAsync(static () => Task.FromResult(true)).GetAwaiter().GetResult();

    public Task HitAsync() => HitAsync(static () => Task.FromResult(true));

    public async Task<T> HitAsync<T>(Func<Task<T>> work, Func<Task<T>>? late = null)
    {
        Interlocked.Increment(ref _calls);
        var over = _over.Task;
        var kind = _kind;
        if (kind == FaultKind.None)
        {
            var answer = await work();
            Interlocked.Increment(ref _answers);
            return answer;
        }

        Interlocked.Increment(ref _hits);
        if (kind is FaultKind.Throw or FaultKind.Dispose)
        {
            throw kind == FaultKind.Throw ? new IOException("It is broken.") : new ObjectDisposedException(nameof(IServiceProvider));
        }

        victims.Raise();
        if (kind == FaultKind.Watch)
        {
            return await work();
        }

        if (kind == FaultKind.Block)
        {
#pragma warning disable xUnit1031 // To keep the thread is the fault.
            over.Wait();
#pragma warning restore xUnit1031
        }

        await over;
        return kind == FaultKind.Late ? await (late ?? work)() : throw new IOException("It hung, and then it broke.");
    }
}
