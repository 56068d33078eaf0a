using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sessions.Identity.Events;
using Sessions.Identity.Forgetting;
using Sessions.Identity.Stores;
using Sessions.Identity.Validation;

namespace Sessions.Identity.Sweep;

/// <summary>What happens by itself: the sweep, and forgetting people whose account was deleted.</summary>
internal static class SweepServiceCollectionExtensions
{
    public static void AddSweep(this IServiceCollection services)
    {
        services.TryAddScoped(scope => scope.GetRequiredService<StoreFactory>().CreateMaintenance(scope));
        services.TryAddScoped(scope => new UserSessionSweeper(
            scope.GetRequiredService<IUserSessionMaintenance>(),
            scope.GetRequiredService<UnwrittenActivity>(),
            scope.GetRequiredService<HookQueue>(),
            scope.GetRequiredService<TimeProvider>(),
            scope.GetRequiredService<ILogger<UserSessionSweeper>>()));
        services.TryAddSingleton<SweepStart>();
        services.TryAddSingleton<DeletedUsers>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, SweepService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ForgetService>());
    }
}
