using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Identity.EntityFrameworkCore;
using Sessions.Identity.Stores;

namespace Sessions.Identity;

/// <summary>Makes the store for the app's own types of user, key and context, which are known only once everything is registered.</summary>
internal sealed class StoreFactory(SessionsRegistration registration, IServiceProvider root)
{
    private readonly Lazy<(Type Source, object Lookup, ObjectFactory Store)> _parts = new(() => Parts(registration, root));

    public IUserSessionStore Create(IServiceProvider services)
    {
        var (source, lookup, store) = _parts.Value;
        var contexts = ActivatorUtilities.CreateInstance(services, source, services, registration);
        return (IUserSessionStore)store(services, [contexts, lookup]);
    }

    private static (Type Source, object Lookup, ObjectFactory Store) Parts(SessionsRegistration registration, IServiceProvider root)
    {
        var context = registration.StoreContextType
            ?? throw new InvalidOperationException(SetupErrors.NoStore);
        var key = UserKey.TypeOf(registration.UserType)
            ?? throw new InvalidOperationException(SetupErrors.UserWithoutKey(registration.UserType));

        var source = typeof(SessionDbContextSource<>).MakeGenericType(context);
        var lookup = typeof(SessionLookup<,,>).MakeGenericType(registration.UserType, context, key);
        var store = typeof(EntityFrameworkUserSessionStore<,,,>).MakeGenericType(registration.UserType, context, key, UserKey.NullableOf(key));
        return (source, ActivatorUtilities.CreateInstance(root, lookup), ActivatorUtilities.CreateFactory(store, [source, lookup]));
    }
}
