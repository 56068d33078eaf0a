using System.Globalization;
using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Sessions.UI.Tests.Harness;

/// <summary>Renders components with the services that AddSessions() brings, in a culture that does not depend on the machine.</summary>
public abstract class ComponentTest : BunitContext
{
    /// <summary>It stands at noon until a test moves it.</summary>
    protected FakeTimeProvider Clock { get; } = new(People.Noon);

    protected ComponentTest()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en-GB");
        Services.AddLogging();
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddSingleton<AntiforgeryStateProvider, FixedAntiforgery>();
        new SessionsUIExtension().AddServices(Services);
    }

    /// <summary>Lets what is rendered from now on be for a request in a language.</summary>
    protected static void Speak(string culture) => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);

    private sealed class FixedAntiforgery : AntiforgeryStateProvider
    {
        public override AntiforgeryRequestToken GetAntiforgeryToken() => new("the-token", "__RequestVerificationToken");
    }
}
