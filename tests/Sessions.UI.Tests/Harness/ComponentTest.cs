using System.Globalization;
using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.UI.Tests.Harness;

/// <summary>Renders components with the services that AddSessions() brings, in a culture that does not depend on the machine.</summary>
public abstract class ComponentTest : BunitContext
{
    protected ComponentTest()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en-GB");
        Services.AddLogging();
        Services.AddSingleton<AntiforgeryStateProvider, FixedAntiforgery>();
        new SessionsUIExtension().AddServices(Services);
    }

    private sealed class FixedAntiforgery : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken GetAntiforgeryToken() => new("the-token", "__RequestVerificationToken");
    }
}
