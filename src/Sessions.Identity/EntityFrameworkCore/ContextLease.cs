using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>A context of our own for one piece of work, with the scope it came from if it came from one.</summary>
internal sealed class ContextLease<TContext>(TContext context, AsyncServiceScope? scope) : IAsyncDisposable, IDisposable
    where TContext : DbContext
{
    public TContext Context { get; } = context;

    public async ValueTask DisposeAsync()
    {
        await Context.DisposeAsync();
        if (scope is { } own)
        {
            await own.DisposeAsync();
        }
    }

    public void Dispose()
    {
        Context.Dispose();
        scope?.Dispose();
    }
}
