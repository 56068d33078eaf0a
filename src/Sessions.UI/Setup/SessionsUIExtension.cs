using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity;

namespace Sessions.UI;

/// <summary>What a reference to Sessions.UI adds to an app. AddSessions() finds it.</summary>
internal sealed class SessionsUIExtension : ISessionsExtension
{
    public void AddServices(IServiceCollection services) => services.AddLocalization();
}
