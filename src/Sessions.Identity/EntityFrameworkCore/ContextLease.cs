using Microsoft.EntityFrameworkCore;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>A context of our own for one piece of work, with the scope it came from if it came from one.</summary>
internal sealed class ContextLease<TContext>(TContext context, IAsyncDisposable? scope) : IAsyncDisposable
    where TContext : DbContext
{
    public TContext Context { get; } = context;

    /// <summary>Whether it has a scope of its own, made in the app's own way.</summary>
    public bool IsBorrowed => scope is not null;

    public async ValueTask DisposeAsync()
    {
        await Context.DisposeAsync();
        if (scope is not null)
        {
            await scope.DisposeAsync();
        }
    }
}
