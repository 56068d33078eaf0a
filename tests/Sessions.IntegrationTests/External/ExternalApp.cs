using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Sessions.IntegrationTests.Harness;
using Sessions.IntegrationTests.Templates;
using Sessions.Tests.Providers;

namespace Sessions.IntegrationTests.External;

/// <summary>An app with Identity's default pages whose people may come by way of a real provider.</summary>
internal sealed class ExternalApp(TestApp app, OpenIdProvider provider) : IAsyncDisposable
{
    private const string Scheme = "ExampleId";

    public TestApp App => app;

    public static async Task<ExternalApp> StartAsync(Action<OpenIdConnectOptions>? configure = null, Action<TestAppSetup>? setUp = null)
    {
        var provider = await OpenIdProvider.StartAsync();
        var app = await TestApp.StartAsync(setup =>
        {
            setup.OnKestrel = true;

            // The provider and the browser know the time.
            setup.Time = new TestClock(TimeProvider.System.GetUtcNow()) { AutoAdvanceAmount = TimeSpan.FromMilliseconds(1) };
            setup.ConfigureIdentity = services =>
            {
                services.AddRazorPages();
                services.AddAuthentication().AddOpenIdConnect(Scheme, "Example ID", options =>
                {
                    provider.Describe(options);
                    configure?.Invoke(options);
                });
                return services.AddDefaultIdentity<IdentityUser>().AddEntityFrameworkStores<TestDb>();
            };
            setup.ConfigureEndpoints = endpoints =>
            {
                endpoints.MapRazorPages();
                endpoints.MapGet("/", () => "Welcome");
            };
            setUp?.Invoke(setup);
        });
        return new ExternalApp(app, provider);
    }

    public Browser NewBrowser() => new(app.Address);

    /// <summary>Goes to the provider by the button of the login page.</summary>
    /// <returns>The provider's page.</returns>
    public static async Task<Page> GoToProviderAsync(Browser browser)
    {
        var login = await browser.OpenAsync("/Identity/Account/Login");
        return await browser.SubmitAsync(login, "/Identity/Account/ExternalLogin?returnUrl=/whoami", ("provider", Scheme));
    }

    /// <summary>Links the provider to the account of somebody who is signed in.</summary>
    /// <returns>The provider's page.</returns>
    public static async Task<Page> LinkProviderAsync(Browser browser)
    {
        var logins = await browser.OpenAsync("/Identity/Account/Manage/ExternalLogins");
        return await browser.SubmitAsync(logins, "/Identity/Account/Manage/ExternalLogins?handler=LinkLogin", ("provider", Scheme));
    }

    public static Task<Page> AllowAsync(Browser browser, Page consent, string email) =>
        browser.SubmitAsync(consent, fields: [("who", email), ("decision", "allow")]);

    public static Task<Page> CancelAsync(Browser browser, Page consent) => browser.SubmitAsync(consent, fields: ("decision", "cancel"));

    /// <summary>Confirms the registration page that Identity shows to somebody who comes for the first time.</summary>
    public static Task<Page> RegisterAsync(Browser browser, Page registration, string email) =>
        browser.SubmitAsync(registration, "/Identity/Account/ExternalLogin?handler=Confirmation&returnUrl=/whoami", ("Input.Email", email));

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await provider.DisposeAsync();
    }
}
