using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>Makes short-lived contexts of our own, as the app's are made: from the options and services of the scope that asks.</summary>
/// <remarks>Never the request's own instance: the host's pending changes are not ours to save, and a failed write of ours is not the host's.</remarks>
internal sealed class SessionDbContextSource<TContext>(IServiceProvider services, SessionsRegistration registration)
    where TContext : DbContext
{
    /// <summary>The options by which the scope's contexts connect, or <see langword="null"/> where they are not in DI.</summary>
    public DbContextOptions? Options => registration.ContextOptionsType is { } type
        ? (DbContextOptions)services.GetRequiredService(type)
        : null;

    /// <summary>Whether those options are one and the same object for every scope.</summary>
    public bool HasSharedOptions => registration.HasSharedContextOptions;

    /// <summary>Whether what configures those options asks the scope for something: then they may differ from scope to scope.</summary>
    public bool OptionsAskTheScope()
    {
        var asked = new AskedServiceProvider(services);
        var context = registration.ContextType!;
        var configurations = typeof(IDbContextOptionsConfiguration<>).MakeGenericType(context);
        var options = Activator.CreateInstance(typeof(DbContextOptionsBuilder<>).MakeGenericType(context));
        foreach (var configuration in services.GetServices(configurations))
        {
            configurations.GetMethod(nameof(IDbContextOptionsConfiguration<>.Configure))!.Invoke(configuration, [asked, options]);
        }

        return asked.WasAsked;
    }

    public ContextLease<TContext> Create(TimeSpan? commandTimeout = null)
    {
        var lease = registration.HasContextOptions ? Make() : Borrow();
        HostLengths.Keep(lease.Context);
        if (commandTimeout is { } limit && lease.Context.Database.IsRelational())
        {
            lease.Context.Database.SetCommandTimeout((int)Math.Ceiling(Math.Max(1, limit.TotalSeconds)));
        }

        return lease;
    }

    /// <summary>Whether the app holds a transaction open on the scope's own context.</summary>
    public bool HasOpenTransaction() =>
        services.GetService<TContext>() is { } context && context.Database.IsRelational() && context.Database.CurrentTransaction is not null;

    private ContextLease<TContext> Make() =>
        new((TContext)ActivatorUtilities.CreateInstance(services, registration.ContextType!), scope: null);

    // The app makes its contexts in its own way: then a scope of ours gets one made so.
    private ContextLease<TContext> Borrow()
    {
        var scope = services.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        return new(scope.ServiceProvider.GetRequiredService<TContext>(), scope);
    }
}
