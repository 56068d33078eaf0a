using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Identity.EntityFrameworkCore;
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;

namespace Sessions.Identity;

/// <summary>Makes the store for the app's own types of user, key and context, which are known only once everything is registered.</summary>
internal sealed class StoreFactory(SessionsRegistration registration, IServiceProvider root) : IDisposable
{
    private readonly Lazy<(Func<IServiceProvider, IUserSessionStore> Create, IDisposable Lookup)> _parts = new(() => Closed(registration, root));

    /// <summary>Makes a store for a scope. Every request has one, so its parts are put together once and only the scope is new.</summary>
    public IUserSessionStore Create(IServiceProvider services) => _parts.Value.Create(services);

    /// <summary>The same store, for what runs off every request.</summary>
    public IUserSessionMaintenance CreateMaintenance(IServiceProvider services) => (IUserSessionMaintenance)Create(services);

    /// <summary>The same store, for operators.</summary>
    public ISessionAdministrationStore CreateAdministration(IServiceProvider services) => (ISessionAdministrationStore)Create(services);

    public void Dispose()
    {
        if (_parts.IsValueCreated)
        {
            _parts.Value.Lookup.Dispose();
        }
    }

    private static (Func<IServiceProvider, IUserSessionStore> Create, IDisposable Lookup) Closed(SessionsRegistration registration, IServiceProvider root)
    {
        var context = registration.StoreContextType
            ?? throw new InvalidOperationException(SetupErrors.NoStore);
        var key = UserKey.TypeOf(registration.UserType)
            ?? throw new InvalidOperationException(SetupErrors.UserWithoutKey(registration.UserType));

        var open = typeof(StoreFactory).GetMethod(nameof(For), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!;
        var closed = open.MakeGenericMethod(registration.UserType, context, key, UserKey.NullableOf(key));
        return ((Func<IServiceProvider, IUserSessionStore>, IDisposable))closed.Invoke(null, [registration, root])!;
    }

    private static (Func<IServiceProvider, IUserSessionStore> Create, IDisposable Lookup) For<TUser, TContext, TKey, TEventKey>(SessionsRegistration registration, IServiceProvider root)
        where TUser : IdentityUser<TKey>
        where TContext : DbContext
        where TKey : IEquatable<TKey>
    {
        var options = root.GetRequiredService<IOptions<UserSessionOptions>>();
        var lifetime = root.GetRequiredService<TicketLifetime>();
        var time = root.GetRequiredService<TimeProvider>();
        var lookup = new SessionLookup<TUser, TContext, TKey>(options, root.GetRequiredService<ILogger<SessionLookup<TUser, TContext, TKey>>>());
        return (
            services => new EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey>(
                new SessionDbContextSource<TContext>(services, registration), lookup, options, lifetime, time),
            lookup);
    }
}
