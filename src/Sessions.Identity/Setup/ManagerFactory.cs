using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity.Administration;

namespace Sessions.Identity;

/// <summary>Makes the manager, whose parts are internal, for the app's type of user.</summary>
internal static class ManagerFactory
{
    public static Func<IServiceProvider, object> For(Type userType) =>
        typeof(ManagerFactory)
            .GetMethod(nameof(Create), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
            .MakeGenericMethod(userType)
            .CreateDelegate<Func<IServiceProvider, object>>();

    private static UserSessionManager<TUser> Create<TUser>(IServiceProvider services)
        where TUser : class => new(
        services.GetRequiredService<UserManager<TUser>>(), services.GetRequiredService<UserSessions>(),
        services.GetRequiredService<SessionAdministration>(), services.GetRequiredService<SessionEndings>());
}
