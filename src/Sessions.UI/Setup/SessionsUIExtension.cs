using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Sessions.Identity;
using Sessions.Identity.Events;
using Sessions.Identity.Limits;
using Sessions.Identity.Notices;
using Sessions.UI.Blazor;
using Sessions.UI.Forms;
using Sessions.UI.Mail;
using Sessions.UI.Navigation;
using Sessions.UI.Operators;
using Sessions.UI.PersonalData;
using Sessions.UI.SignIn;
using Sessions.UI.Words;

namespace Sessions.UI;

/// <summary>What a reference to Sessions.UI adds to an app. AddSessions() finds it, and may be called twice.</summary>
internal sealed class SessionsUIExtension : ISessionsExtension
{
    public void AddServices(IServiceCollection services)
    {
        services.AddLocalization();
        services.AddHttpContextAccessor();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<SessionIcons>();
        services.TryAddTransient<SessionWords>();
        services.TryAddTransient<EndingWords>();
        services.Replace(ServiceDescriptor.Transient<ISessionLabels, WordLabels>());
        services.Replace(ServiceDescriptor.Singleton<ISessionsPages, SessionsPages>());

        // Behind a factory: an app without MVC's views (a Blazor app) has no such pages, and must start all the same.
        services.TryAddTransient(scope => ActivatorUtilities.CreateInstance<ManageFrame>(scope));

        services.TryAddScoped<INewDeviceMailWriter, NewDeviceMailWriter>();
        services.TryAddTransient<DeviceForms>();

        // Likewise: a page's own test, or an app's, may have nothing to check credentials with.
        services.TryAddTransient(scope => ActivatorUtilities.CreateInstance<AccessForms>(scope));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, OwnPageFirst>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<RazorViewEngineOptions>, ManageNavSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<RazorPagesOptions>, OperatorPages>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<RazorPagesOptions>, LoginPageSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<RazorPagesOptions>, PersonalDataSetup>());
    }
}
