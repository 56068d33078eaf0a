using Microsoft.EntityFrameworkCore.Infrastructure;
using Sessions.Identity.EntityFrameworkCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Sessions to an internal service provider of EF Core.</summary>
public static class SessionsEntityFrameworkServiceCollectionExtensions
{
    /// <summary>
    /// Adds what <c>UseSessions()</c> needs of EF Core's internal services. Call it only where the app makes those services itself and
    /// hands them over by <c>UseInternalServiceProvider</c>; else EF Core does.
    /// </summary>
    /// <param name="services">The internal services, such as those of <c>AddEntityFrameworkSqlite()</c>.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddEntityFrameworkSessions(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        SessionsOptionsExtension.AddServices(services);
        return services;
    }
}
