using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Sessions.Identity;
using Sessions.IntegrationTests.Chaos;
using Sessions.IntegrationTests.Concurrency;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Access;

/// <summary>What requires that credentials were entered lately: on the very session, for as long as the host says, and closed where that can't be told.</summary>
public sealed class ConfirmedAccessTests
{
    private const string Inside = "in";
    private const string ConfirmPage = "/confirm-page";
    private const string LoginPage = "/Account/Login";

    private static readonly TimeSpan _past = TimeSpan.FromMinutes(16);

    [Theory]
    [InlineData("sqlite", "/by-attribute")]
    [InlineData("postgres", "/by-attribute")]
    [InlineData("sqlite", "/by-policy")]
    public async Task It_holds_from_the_sign_in_or_a_confirmation_for_as_long_as_the_host_says(string provider, string path)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database);
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        Assert.Equal(Inside, await AskAsync(device, path));

        app.Time.Advance(_past);
        Assert.Equal(ConfirmPage, await AskAsync(device, path));
        Assert.Equal("true", await device.PostAsync("/confirm"));
        Assert.Equal(Inside, await AskAsync(device, path));

        app.Time.Advance(_past);
        Assert.Equal(ConfirmPage, await AskAsync(device, path));
        var confirmed = Assert.Single(await app.EventsAsync(), row => row.Kind == SessionEventKind.AccessConfirmed);
        var session = Assert.Single(await app.SessionsAsync());
        Assert.Equal((session.Id, SignInMethod.Password, session.AccessConfirmedAt), (confirmed.SessionId!.Value, confirmed.SignInMethod, confirmed.OccurredAt));
    }

    [Fact]
    public async Task A_confirmation_is_worthless_with_any_other_session_and_ends_with_its_own()
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await StartAsync(database);
        await app.CreateUserAsync();
        var (device, other) = (app.NewDevice(), app.NewDevice());
        await device.SignInAsync();
        await other.SignInAsync();
        app.Time.Advance(_past);

        await device.PostAsync("/confirm");

        Assert.Equal(ConfirmPage, await AskAsync(other, "/by-attribute"));
        var copy = device.Copy();
        await device.PostAsync("/signout");
        Assert.Equal(LoginPage, await AskAsync(copy, "/by-attribute"));
        Assert.Equal("false", await copy.PostAsync("/confirm"));
    }

    [Fact]
    public async Task A_ticket_from_before_the_install_tells_nothing_of_credentials()
    {
        await using var database = TestDatabase.Sqlite();
        var (app, devices) = await ConcurrentApp.StartAfterInstallAsync(database, 1, setup =>
        {
            setup.Options = options => options.AccessConfirmation.Path = "/confirm-page";
            setup.ConfigureEndpoints = Map;
        });
        await using var running = app;
        Assert.True(await devices[0].IsSignedInAsync());

        Assert.Equal(ConfirmPage, await AskAsync(devices[0], "/by-attribute"));
        Assert.Equal("true", await devices[0].PostAsync("/confirm"));
        Assert.Equal(Inside, await AskAsync(devices[0], "/by-attribute"));
    }

    [Fact]
    public async Task While_sessions_cannot_be_checked_or_written_it_is_closed_and_everything_else_open()
    {
        await using var chaos = await ChaosApp.StartAsync(setup => setup.ConfigureEndpoints = Map, options => options.AccessConfirmation.Path = "/confirm-page");
        await chaos.App.CreateUserAsync();
        var device = chaos.App.NewDevice();
        await device.SignInAsync();
        chaos.Store.LookUp.Begin(FaultKind.Throw);
        Assert.True(await device.IsSignedInAsync());
        Assert.Equal(ConfirmPage, await AskAsync(device, "/by-attribute"));
        chaos.Store.EndAll();
        chaos.App.Time.Advance(_past);
        chaos.Store.Insert.Begin(FaultKind.Throw);

        Assert.Equal("false", await device.PostAsync("/confirm"));

        Assert.Equal(ConfirmPage, await AskAsync(device, "/by-attribute"));
        Assert.True(await device.IsSignedInAsync());
    }

    [Fact]
    public async Task A_person_is_sent_to_the_page_that_asks_with_the_way_back()
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await StartAsync(database);
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        app.Time.Advance(_past);

        using var opened = await device.GetAsync("/by-attribute?page=2");
        using var sent = await device.SendAsync(HttpMethod.Post, "/by-attribute");
        using var refreshed = await device.GetAsync("/by-minutes");

        Assert.Equal("/confirm-page?returnUrl=%2Fby-attribute%3Fpage%3D2", opened.Headers.Location!.OriginalString);
        Assert.Equal("/confirm-page?returnUrl=%2F", sent.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.OK, refreshed.StatusCode);
    }

    [Fact]
    public async Task A_script_and_somebody_who_lacks_more_are_answered_as_ever()
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await StartAsync(database);
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        app.Time.Advance(_past);

        using var script = await device.GetAsync("/by-attribute", "Sec-Fetch-Mode", "cors");
        using var stranger = await device.GetAsync("/for-admins");
        using var nobody = await app.NewDevice().GetAsync("/by-attribute");

        Assert.DoesNotContain("confirm-page", script.Headers.Location?.OriginalString ?? string.Empty, StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, script.StatusCode);
        Assert.DoesNotContain("confirm-page", stranger.Headers.Location?.OriginalString ?? string.Empty, StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, stranger.StatusCode);
        Assert.DoesNotContain("confirm-page", nobody.Headers.Location?.OriginalString ?? string.Empty, StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.OK, nobody.StatusCode);
    }

    // What was asked for, or the page that the person is sent to.
    private static async Task<string> AskAsync(Device device, string path)
    {
        using var answer = await device.GetAsync(path);
        return answer.StatusCode == HttpStatusCode.OK
            ? await answer.Content.ReadAsStringAsync()
            : new Uri(new Uri("https://localhost"), answer.Headers.Location!).AbsolutePath;
    }

    private static void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods("/by-attribute", ["GET", "POST"], [ConfirmedAccess] () => "in");
        app.MapGet("/by-minutes", () => "in").RequireAuthorization(policy => policy.RequireConfirmedAccess(TimeSpan.FromMinutes(60)));
        app.MapGet("/by-policy", () => "in").RequireAuthorization(policy => policy.RequireConfirmedAccess());
        app.MapGet("/for-admins", () => "in").RequireAuthorization(policy => policy.RequireConfirmedAccess().RequireRole("admin"));
        app.MapPost("/confirm", async (HttpContext context, CancellationToken token) => await context.ConfirmAccessAsync(SignInMethod.Password, cancellationToken: token));
    }

    private static Task<TestApp> StartAsync(TestDatabase database) => TestApp.StartAsync(setup =>
    {
        setup.Database = database;
        setup.Options = options => options.AccessConfirmation.Path = "/confirm-page";
        setup.ConfigureEndpoints = Map;
    });
}
