using System.Net;
using Sessions.Identity;
using Sessions.IntegrationTests.Templates;

namespace Sessions.IntegrationTests.External;

/// <summary>Signing in by way of a real OpenID Connect provider, on Identity's default pages.</summary>
public sealed class ExternalLoginTests
{
    private const string Email = "ada@example.com";

    [Fact]
    public async Task The_first_login_registers_and_its_sign_in_says_the_provider()
    {
        await using var external = await ExternalApp.StartAsync();
        using var browser = external.NewBrowser();

        await RegisterAsync(browser);

        await AssertSignedInAsync(external, sessions: 1);
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task A_later_login_goes_straight_in()
    {
        await using var external = await ExternalApp.StartAsync();
        using var first = external.NewBrowser();
        await RegisterAsync(first);
        using var second = external.NewBrowser();

        var home = await ExternalApp.AllowAsync(second, await ExternalApp.GoToProviderAsync(second), Email);

        Assert.Equal(("/whoami", Email), (home.Address.AbsolutePath, home.Text));
        await AssertSignedInAsync(external, sessions: 2);
    }

    [Fact]
    public async Task The_way_to_the_provider_and_back_to_the_registration_page_is_neither_a_sign_in_nor_a_failure()
    {
        await using var external = await ExternalApp.StartAsync();
        using var browser = external.NewBrowser();

        var registration = await ExternalApp.AllowAsync(browser, await ExternalApp.GoToProviderAsync(browser), Email);

        Assert.Contains("Associate your Example ID account", registration.Text, StringComparison.Ordinal);
        Assert.Empty(await external.App.SessionsAsync());
        Assert.Empty(await external.App.EventsAsync());
    }

    [Fact]
    public async Task Somebody_signed_in_who_links_the_provider_keeps_the_session_and_comes_by_it_next_time()
    {
        await using var external = await ExternalApp.StartAsync();
        await external.App.CreateUserAsync(Email);
        using var browser = external.NewBrowser();
        Assert.True(await browser.SignInAsync(Email));

        var linked = await ExternalApp.AllowAsync(browser, await ExternalApp.LinkProviderAsync(browser), Email);
        Assert.Contains("The external login was added.", linked.Text, StringComparison.Ordinal);
        Assert.Equal(SignInMethod.Password, Assert.Single(await external.App.SessionsAsync()).SignInMethod);
        Assert.Equal(SessionEventKind.SignedIn, Assert.Single(await external.App.EventsAsync()).Kind);
        using var other = external.NewBrowser();
        await ExternalApp.AllowAsync(other, await ExternalApp.GoToProviderAsync(other), Email);

        Assert.Equal(
            [(SignInMethod.Password, null), (SignInMethod.External, "exampleid")],
            (await external.App.EventsAsync()).Select(row => (row.SignInMethod!, row.Provider)));
        Assert.All(await external.App.SessionsAsync(), session => Assert.Null(session.EndedAt));
    }

    private static async Task RegisterAsync(Browser browser)
    {
        var registration = await ExternalApp.AllowAsync(browser, await ExternalApp.GoToProviderAsync(browser), Email);
        var home = await ExternalApp.RegisterAsync(browser, registration, Email);
        Assert.Equal((HttpStatusCode.OK, "/whoami"), (home.Status, home.Address.AbsolutePath));
    }

    // And nothing else was written.
    private static async Task AssertSignedInAsync(ExternalApp external, int sessions)
    {
        var rows = await external.App.SessionsAsync();
        var events = await external.App.EventsAsync();
        Assert.Equal(sessions, rows.Count);
        Assert.All(rows, row => Assert.Equal((SignInMethod.External, "exampleid", null), (row.SignInMethod, row.Provider, row.EndedAt)));
        Assert.All(events, row => Assert.Equal((SessionEventKind.SignedIn, SignInMethod.External, "exampleid"), (row.Kind, row.SignInMethod, row.Provider)));
        Assert.Equal(rows.Select(row => (Guid?)row.Id).Order(), events.Select(row => row.SessionId).Order());
    }
}
