using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Sessions.Identity.Administration;

/// <summary>What operators do, by code and on their pages.</summary>
internal static class AdministrationServiceCollectionExtensions
{
    public static void AddAdministration(this IServiceCollection services)
    {
        services.TryAddScoped(scope => scope.GetRequiredService<StoreFactory>().CreateAdministration(scope));
        services.TryAddScoped<SessionAdministration>();
        services.TryAddScoped<SessionEndings>();
        services.TryAddSingleton<EndingSignal>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, EndingService>());
    }
}
