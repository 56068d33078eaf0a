using Microsoft.EntityFrameworkCore;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>
/// Hands a context on from one step of a sign-in to the next: to make one costs as much as a small query. A step that was given up never hands on
/// what it still uses, and one that fails does not either.
/// </summary>
/// <remarks>Of one scope. Safe for steps that are given up and go on beside the next one.</remarks>
internal sealed class SpareLease<TContext>(Func<ContextLease<TContext>> make) : IAsyncDisposable, IDisposable
    where TContext : DbContext
{
    private ContextLease<TContext>? _spare;
    private volatile bool _isDisposed;

    /// <summary>Does a piece of work on the context that was handed on, or on a new one, and hands it on.</summary>
    public async Task<T> RunAsync<T>(Func<TContext, Task<T>> work)
    {
        var lease = Interlocked.Exchange(ref _spare, null) ?? make();
        try
        {
            var result = await work(lease.Context);
            lease.Context.ChangeTracker.Clear();
            lease = Interlocked.Exchange(ref _spare, lease);
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

    public ValueTask DisposeAsync()
    {
        _isDisposed = true;
        return DisposeAsync(Interlocked.Exchange(ref _spare, null));
    }

    public void Dispose()
    {
        _isDisposed = true;
        Interlocked.Exchange(ref _spare, null)?.Dispose();
    }

    private static ValueTask DisposeAsync(ContextLease<TContext>? lease) => lease?.DisposeAsync() ?? ValueTask.CompletedTask;
}
