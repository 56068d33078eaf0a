using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Identity;

/// <summary>What the app registered, read when it is first needed: by then every call of the builder has been made, in whatever order.</summary>
internal sealed class SessionsRegistration(Type userType, IServiceCollection services)
{
    private readonly Lazy<Type?> _storeContextType = new(() => FindStoreContextType(userType, services));
    private readonly Lazy<Type?> _contextType = new(() => FindContextType(userType, services));
    private readonly Lazy<Type?> _contextOptionsType = new(() => FindContextOptionsType(userType, services));

    private readonly Lazy<bool> _hasSharedContextOptions = new(() =>
        FindContextType(userType, services) is { } context
        && services.LastOrDefault(service => service.ServiceType == typeof(DbContextOptions<>).MakeGenericType(context))?.Lifetime == ServiceLifetime.Singleton);

    public Type UserType { get; } = userType;

    /// <summary>The context that the user store asks for, or <see langword="null"/> if it asks for none.</summary>
    public Type? StoreContextType => _storeContextType.Value;

    /// <summary>The class that is behind it: the same, or the implementation that <c>AddDbContext&lt;TService, TImplementation&gt;</c> named.</summary>
    public Type? ContextType => _contextType.Value;

    /// <summary>The service that holds the options of that class, or <see langword="null"/> where they are not in DI.</summary>
    public Type? ContextOptionsType => _contextOptionsType.Value;

    /// <summary>Whether options for that class are in DI, so that a context of our own can be made from them.</summary>
    public bool HasContextOptions => ContextOptionsType is not null;

    /// <summary>Whether those options are the same for every scope, as pools and factories have them.</summary>
    public bool HasSharedContextOptions => _hasSharedContextOptions.Value;

    /// <summary>The class that the container makes for Identity's sign-in manager, where it can be told.</summary>
    public Type? SignInManagerType => services
        .LastOrDefault(service => !service.IsKeyedService && service.ServiceType == typeof(SignInManager<>).MakeGenericType(UserType))?.ImplementationType;

    private static Type? FindStoreContextType(Type userType, IServiceCollection services)
    {
        var store = services.LastOrDefault(service => !service.IsKeyedService && service.ServiceType == UserStoreType(userType));
        if (store is null)
        {
            return null;
        }

        // A store made by a factory doesn't tell: then it is the one context that has options and users of this type.
        return ContextOf(store.ImplementationType) ?? ContextsWithOptions(services).FirstOrDefault(context => HoldsUsers(context, userType));
    }

    private static Type? ContextOf(Type? store)
    {
        for (var type = store; type is not null; type = type.BaseType)
        {
            if (type.GenericTypeArguments.FirstOrDefault(typeof(DbContext).IsAssignableFrom) is { } context)
            {
                return context;
            }
        }

        return null;
    }

    private static Type? FindContextType(Type userType, IServiceCollection services)
    {
        if (FindStoreContextType(userType, services) is not { } store)
        {
            return null;
        }

        var implementation = services.LastOrDefault(service => !service.IsKeyedService && service.ServiceType == store)?.ImplementationType;
        if (implementation is not null || ContextsWithOptions(services).Contains(store))
        {
            return implementation ?? store;
        }

        // A pool of <TService, TImplementation> doesn't name the class: it is the one derived from the service that has options.
        return ContextsWithOptions(services).LastOrDefault(store.IsAssignableFrom) ?? store;
    }

    private static Type? FindContextOptionsType(Type userType, IServiceCollection services)
    {
        if (FindContextType(userType, services) is not { } context)
        {
            return null;
        }

        var options = typeof(DbContextOptions<>).MakeGenericType(context);
        return services.Any(service => service.ServiceType == options) ? options : null;
    }

    private static IEnumerable<Type> ContextsWithOptions(IServiceCollection services) => services
        .Where(service => service.ServiceType.IsGenericType && service.ServiceType.GetGenericTypeDefinition() == typeof(DbContextOptions<>))
        .Select(service => service.ServiceType.GenericTypeArguments[0]);

    private static bool HoldsUsers(Type context, Type userType)
    {
        for (var type = context; type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.Name.StartsWith("IdentityUserContext`", StringComparison.Ordinal) && type.GenericTypeArguments[0] == userType)
            {
                return true;
            }
        }

        return false;
    }

    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "The user type is a reference type.")]
    private static Type UserStoreType(Type userType) => typeof(IUserStore<>).MakeGenericType(userType);
}
