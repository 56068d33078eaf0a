using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Sessions.Identity.Events;

namespace Sessions.Identity.Notices;

/// <summary>What tells a person of a sign-in, and what their answer does. Off until the host names the app's address.</summary>
internal static class NoticeServices
{
    public static void AddNotices(this IServiceCollection services, Type userType)
    {
        services.TryAddSingleton<MailQueue>();
        services.TryAddSingleton<NoticeTokens>();
        services.TryAddTransient<ISessionEmailSender, AppEmailSender>();
        services.TryAddScoped(typeof(IAccounts), typeof(Accounts<>).MakeGenericType(userType));

        // Behind a factory: its writer is there only with Sessions.UI.
        services.TryAddScoped(scope => ActivatorUtilities.CreateInstance<NewDeviceMailer>(scope));
        services.TryAddScoped<SessionNotices>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISessionEventHandler, NewDeviceMailHandler>());
    }
}
