using Microsoft.EntityFrameworkCore;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>
/// Hands a context on from one step of a sign-in to the next: to make one costs as much as a small query. A step that was given up never hands on
/// what it still uses, one that fails does not either, and the last one keeps nothing.
/// </summary>
/// <remarks>Of one scope. Safe for steps that are given up and go on beside the next one.</remarks>
internal sealed class SpareLease<TContext>(Func<ContextLease<TContext>> make) : IAsyncDisposable, IDisposable
    where TContext : DbContext
{
    private ContextLease<TContext>? _spare;
    private volatile bool _isDisposed;

    /// <summary>Does a piece of work on the context that was handed on, or on a new one.</summary>
    /// <param name="handsOn">Whether another step follows.</param>
    /// <param name="work">The work.</param>
    public async Task<T> RunAsync<T>(bool handsOn, Func<TContext, Task<T>> work)
    {
        var lease = Interlocked.Exchange(ref _spare, null) ?? make();
        try
        {
            var result = await work(lease.Context);
            if (handsOn && !lease.IsBorrowed)
            {
                lease.Context.ChangeTracker.Clear();
                lease = Interlocked.Exchange(ref _spare, lease);
            }

            return result;
        }
        finally
        {
            // Of two that are handed on at once one is too many, and after its scope each is.
            await DisposeAsync(lease);
            if (_isDisposed)
            {
                await DisposeAsync(Interlocked.Exchange(ref _spare, null));
            }
        }
    }

    /// <summary>What a step left behind whose next one never came.</summary>
    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        try
        {
            await DisposeAsync(Interlocked.Exchange(ref _spare, null));
        }
#pragma warning disable CA1031 // A context of the app's may throw anything when it is disposed of, and the app's other services in the scope still have to be.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    public void Dispose()
    {
        _isDisposed = true;
        try
        {
            Interlocked.Exchange(ref _spare, null)?.Context.Dispose(); // one with a scope of its own is not handed on
        }
#pragma warning disable CA1031 // As above: a context may throw anything when it is disposed of, and the app's other services still have to be.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    private static ValueTask DisposeAsync(ContextLease<TContext>? lease) => lease?.DisposeAsync() ?? ValueTask.CompletedTask;
}
