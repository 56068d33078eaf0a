using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Sessions.Identity;
using Sessions.Identity.Sweep;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Sessions to the app's health checks.</summary>
public static class SessionsHealthChecksBuilderExtensions
{
    /// <summary>Adds a check that the sweep of sessions has run lately, on whatever node. Its data are what the last run did.</summary>
    /// <param name="builder">The builder of health checks.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What to report when it has not run lately. Unhealthy by default.</param>
    /// <param name="tags">Tags to filter checks by.</param>
    /// <param name="maxAge">How long ago the last run may be. By default three times <see cref="UserSessionOptions.SweepInterval"/>, or three days without one.</param>
    /// <returns>The same builder.</returns>
    public static IHealthChecksBuilder AddSessionsSweep(
        this IHealthChecksBuilder builder, string name = "sessions-sweep", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null, TimeSpan? maxAge = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(name, services => Make(services, maxAge), failureStatus, tags));
    }

    private static SweepHealthCheck Make(IServiceProvider services, TimeSpan? maxAge)
    {
        var interval = services.GetRequiredService<IOptions<UserSessionOptions>>().Value.SweepInterval;
        return new SweepHealthCheck(
            services.GetRequiredService<UserSessionSweeper>(),
            services.GetRequiredService<SweepStart>(),
            services.GetRequiredService<TimeProvider>(),
            maxAge ?? (interval ?? TimeSpan.FromDays(1)) * 3);
    }
}
