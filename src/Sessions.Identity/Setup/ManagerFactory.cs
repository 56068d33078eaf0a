using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Identity.Events;
using Sessions.Identity.Stores;

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
            services.GetRequiredService<UserManager<TUser>>(),
            services.GetRequiredService<IUserSessionStore>(),
            services.GetRequiredService<HookQueue>(),
            services.GetRequiredService<IHttpContextAccessor>(),
            services.GetRequiredService<IOptions<UserSessionOptions>>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<UserSessionManager<TUser>>>());
}
