using System.Net;
using Sessions.Identity;
using Sessions.IntegrationTests.Concurrency;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.SignIns;

/// <summary>The cookie by which a browser is recognised at its next sign-in.</summary>
public sealed class BrowserContinuityTests
{
    private const string CookieName = "Sessions.Device";
    private static readonly Uri _home = new("https://localhost/");

    [Fact]
    public async Task Only_a_sign_in_mints_it_and_it_survives_the_sign_out()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateUserAsync();
        var device = app.NewDevice();

        await device.GetAsync("/open");
        await device.SignInAsync(password: "wrong");
        Assert.Null(Find(device));

        await device.SignInAsync();
        var minted = Find(device)!;
        await device.GetAsync("/whoami");
        await device.PostAsync("/signout");
        Assert.Equal(minted.Value, Find(device)!.Value);
        Assert.True(minted.HttpOnly);
        Assert.True(minted.Secure);
    }

    [Fact]
    public async Task The_cookie_is_lax_lives_as_long_as_the_option_says_and_shows_nothing_of_the_id()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateUserAsync();
        using var answer = await app.NewDevice().SendAsync(HttpMethod.Post, "/signin?name=ada@example.com&password=Pa55-word!");

        var header = Assert.Single(answer.Headers.GetValues("Set-Cookie"), line => line.StartsWith(CookieName, StringComparison.Ordinal));

        Assert.Contains("samesite=lax", header, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", header, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"max-age={TimeSpan.FromDays(400).TotalSeconds}", header, StringComparison.Ordinal);
        Assert.DoesNotContain(Assert.Single(await app.SessionsAsync()).DeviceId!, header, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repeat_sign_in_supersedes_quietly_across_a_browser_update()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        device.Forget(".AspNetCore.Identity.Application"); // the browser was closed, nobody signed out

        await app.NewDevice(Device.ChromeOnWindows.Replace("142", "143", StringComparison.Ordinal), device.Cookies).SignInAsync();

        var sessions = await app.SessionsAsync();
        Assert.Equal([SessionEndReason.Superseded, null], sessions.Select(row => row.EndReason));
        Assert.Single(sessions.Select(row => row.DeviceId).Distinct());
        Assert.All(await app.EventsAsync(), row => Assert.Equal(SessionEventKind.SignedIn, row.Kind));
    }

    [Fact]
    public async Task Two_people_on_one_browser_keep_both_their_sessions()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateUserAsync();
        await app.CreateUserAsync("bob@example.com");
        var device = app.NewDevice();
        await device.SignInAsync();
        device.Forget(".AspNetCore.Identity.Application");

        await device.SignInAsync("bob@example.com");

        var sessions = await app.SessionsAsync();
        Assert.All(sessions, row => Assert.Null(row.EndedAt));
        Assert.Single(sessions.Select(row => row.DeviceId).Distinct());
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Parallel_sign_ins_from_a_browser_that_has_its_id_leave_one_live_session(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await ConcurrentApp.StartAsync(database);
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        device.Forget(".AspNetCore.Identity.Application");

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => device.Copy().SignInAsync()));

        var live = Assert.Single(await app.SessionsAsync(), row => row.EndedAt is null);
        Assert.Equal((await app.SessionsAsync()).Max(row => row.CreatedAt), live.CreatedAt);
        Assert.Equal(11, (await app.EventsAsync()).Count);
    }

    [Fact]
    public async Task Private_windows_stay_apart()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateUserAsync();

        await app.NewDevice().SignInAsync();
        await app.NewDevice().SignInAsync();

        var sessions = await app.SessionsAsync();
        Assert.All(sessions, row => Assert.Null(row.EndedAt));
        Assert.Equal(2, sessions.Select(row => row.DeviceId).Distinct().Count());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("CfDJ8AAAA")]
    public async Task A_tampered_cookie_is_ignored_and_replaced_at_the_next_sign_in(string forged)
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateUserAsync();
        var device = app.NewDevice();
        device.Cookies.Add(_home, new Cookie(CookieName, forged, "/"));

        await device.GetAsync("/open");
        Assert.Equal(forged, Find(device)!.Value);
        Assert.Equal("Succeeded", await device.SignInAsync());

        Assert.NotEqual(forged, Find(device)!.Value);
        Assert.NotNull(Assert.Single(await app.SessionsAsync()).DeviceId);
    }

    [Fact]
    public async Task A_cookie_from_before_the_key_ring_was_replaced_is_ignored_and_replaced()
    {
        await using var database = TestDatabase.Sqlite();
        await using var before = await TestApp.StartAsync(setup => setup.Database = database);
        await before.CreateUserAsync();
        var old = before.NewDevice();
        await old.SignInAsync();

        await using var app = await TestApp.StartAsync(setup => (setup.Database, setup.CreateTables) = (database, false));
        var device = app.NewDevice(cookies: old.Copy().Cookies);
        Assert.Equal("Succeeded", await device.SignInAsync());

        Assert.True(await device.IsSignedInAsync());
        Assert.Equal(2, (await app.SessionsAsync()).Select(row => row.DeviceId).Distinct().Count());
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_browser_is_told_signed_out_how_it_last_signed_in_by_one_look_up_and_never_who(string provider)
    {
        var commands = new CommandCounter();
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.Database = database;
            setup.ConfigureContext = (services, own) => services.AddDbContext<TestDb>(options =>
            {
                own.Use(options);
                options.AddInterceptors(commands);
            });
            setup.ConfigureEndpoints = endpoints => endpoints.MapGet("/last", async (HttpContext context, CancellationToken token) =>
            {
                await context.GetLastSignInAsync(token);
                return await context.GetLastSignInAsync(token);
            });
        });
        await app.CreateUserWithLoginAsync("Google");
        var device = app.NewDevice();
        await device.SignInAsync();
        await device.PostAsync("/signin-external?provider=Google&key=key-1");
        await device.PostAsync("/signout");
        await app.NewDevice().SignInAsync();
        commands.Clear();

        using var answer = await device.GetAsync("/last");
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Contains("\"method\":\"external\",\"provider\":\"google\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ada", text, StringComparison.OrdinalIgnoreCase);
        Assert.Single(commands.Texts);
        Assert.False(answer.Headers.Contains("Set-Cookie"));

        commands.Clear();
        using var stranger = await app.NewDevice().GetAsync("/last");
        Assert.Equal("null", await stranger.Content.ReadAsStringAsync());
        Assert.Empty(commands.Texts);
        Assert.False(stranger.Headers.Contains("Set-Cookie"));
    }

    private static Cookie? Find(Device device) => device.Cookies.GetCookies(_home)[CookieName];
}
