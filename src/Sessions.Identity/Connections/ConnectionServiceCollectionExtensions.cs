using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Sessions.Identity.Connections;

/// <summary>The services by which hubs and circuits end with their session.</summary>
internal static class ConnectionServiceCollectionExtensions
{
    public static void AddLiveConnections(this IServiceCollection services)
    {
        services.TryAddSingleton<LiveConnections>();
        services.TryAddSingleton<ConnectionMonitor>();
        services.TryAddSingleton<CircuitOwners>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton(typeof(IPostConfigureOptions<>), typeof(HubFilterSetup<>)));
    }
}
