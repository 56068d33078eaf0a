using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Identity;

/// <summary>The service that ours stands in front of, as the app registered it: kept under a key, so that the container makes it as before.</summary>
internal static class StockService
{
    private const string Key = "Sessions.Stock";

    /// <summary>Moves the registered service, or the one it would have been, under the key.</summary>
    public static void MoveAside(IServiceCollection services, Type service, Type fallback)
    {
        var registered = services.LastOrDefault(candidate => !candidate.IsKeyedService && candidate.ServiceType == service);
        services.Add(registered switch
        {
            { ImplementationInstance: { } instance } => new ServiceDescriptor(service, Key, instance),
            { ImplementationFactory: { } make } => new ServiceDescriptor(service, Key, (scope, _) => make(scope), registered.Lifetime),
            _ => new ServiceDescriptor(service, Key, registered?.ImplementationType ?? fallback, registered?.Lifetime ?? ServiceLifetime.Scoped),
        });

        for (var index = services.Count - 1; index >= 0; index--)
        {
            if (!services[index].IsKeyedService && services[index].ServiceType == service)
            {
                services.RemoveAt(index);
            }
        }
    }

    public static T Of<T>(IServiceProvider services)
        where T : notnull => services.GetRequiredKeyedService<T>(Key);
}
