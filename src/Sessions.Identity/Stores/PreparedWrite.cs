namespace Sessions.Identity.Stores;

/// <summary>A write that was prepared with a request's services and no longer needs them. To be run once, or to be disposed of without.</summary>
internal sealed class PreparedWrite(IAsyncDisposable lease, Func<CancellationToken, Task> write) : IAsyncDisposable
{
    private int _isTaken;

    /// <summary>Runs it, and gives back what it holds.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isTaken, 1) == 0)
        {
            await using (lease)
            {
                await write(cancellationToken);
            }
        }
    }

    /// <summary>Gives back what it holds, unless it is running: then that does, also where nobody waits for it any more.</summary>
    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _isTaken, 1) == 0 ? lease.DisposeAsync() : ValueTask.CompletedTask;
}
