using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Lifecycle;

/// <summary>One browser with several requests under way: it signs in again, and one of them or the newer session changes the account.</summary>
public sealed class SecondTabTests
{
    // Before: how old the ticket is when the browser signs in again. At a zero interval, and where it is older than that, Identity looks too.
    public static TheoryData<int, int> Intervals => new() { { 30, 0 }, { 30, 31 }, { 0, 0 } };

    [Theory]
    [MemberData(nameof(Intervals))]
    public async Task A_request_in_flight_passes_after_its_browser_signed_in_again_and_changed_the_password(int interval, int before)
    {
        await using var app = await StartAsync(interval);
        await app.CreateUserAsync();
        var browser = app.NewDevice();
        await browser.SignInAsync();
        app.Time.Advance(TimeSpan.FromMinutes(before));
        var inFlight = browser.Copy();
        await browser.SignInAsync();
        Assert.Equal("Succeeded", await browser.PostAsync("/change/password"));

        using var answer = await inFlight.GetAsync("/whoami");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        LeavesTheCookies(answer);
        Assert.True(await browser.IsSignedInAsync());
        Assert.Equal([SessionEndReason.Superseded, null], await EndsAsync(app));
    }

    [Theory]
    [MemberData(nameof(Intervals))]
    public async Task A_password_changed_by_a_request_in_flight_leaves_its_browser_signed_in_and_ends_the_others(int interval, int before)
    {
        await using var app = await StartAsync(interval);
        await app.CreateUserAsync();
        var (browser, other) = (app.NewDevice(), app.NewDevice());
        await other.SignInAsync();
        await browser.SignInAsync();
        app.Time.Advance(TimeSpan.FromMinutes(before));
        var inFlight = browser.Copy();
        await browser.SignInAsync();

        using var answer = await inFlight.SendAsync(HttpMethod.Post, "/change/password");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        LeavesTheCookies(answer);
        app.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.True(await browser.IsSignedInAsync());
        Assert.False(await other.IsSignedInAsync());
        Assert.Equal([SessionEndReason.PasswordChanged, SessionEndReason.Superseded, null], await EndsAsync(app));
    }

    [Theory]
    [MemberData(nameof(Intervals))]
    public async Task A_browser_that_signs_in_again_while_its_password_is_changed_stays_signed_in(int interval, int before)
    {
        var meanwhile = new Meanwhile();
        await using var app = await StartAsync(interval, meanwhile);
        await app.CreateUserAsync();
        var (browser, other) = (app.NewDevice(), app.NewDevice());
        await other.SignInAsync();
        await browser.SignInAsync();
        app.Time.Advance(TimeSpan.FromMinutes(before));
        var changing = browser.Copy();
        meanwhile.Work = () => browser.SignInAsync();

        using var answer = await changing.SendAsync(HttpMethod.Post, "/change-and-refresh-late");

        Assert.Equal("Succeeded", (await answer.Content.ReadAsStringAsync()).Trim('"'));
        LeavesTheCookies(answer);
        app.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.True(await browser.IsSignedInAsync());
        Assert.False(await other.IsSignedInAsync());
        Assert.Equal([SessionEndReason.PasswordChanged, SessionEndReason.Superseded, null], await EndsAsync(app));
    }

    [Theory]
    [MemberData(nameof(Intervals))]
    public async Task A_browser_whose_password_is_changed_in_the_middle_of_its_sign_in_stays_signed_in(int interval, int before)
    {
        var meanwhile = new Meanwhile();
        await using var app = await StartAsync(interval, meanwhile);
        await app.CreateUserAsync();
        var browser = app.NewDevice();
        await browser.SignInAsync();
        app.Time.Advance(TimeSpan.FromMinutes(before));
        var changing = browser.Copy();
        meanwhile.Work = () => changing.PostAsync("/change/password");

        Assert.Equal("Succeeded", await browser.PostAsync("/signin-late"));

        app.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.True(await browser.IsSignedInAsync());
        Assert.Equal([SessionEndReason.Superseded, null], await EndsAsync(app));
    }

    [Theory]
    [MemberData(nameof(Intervals))]
    public async Task A_sign_in_in_whose_middle_another_device_changes_the_password_does_not_hold(int interval, int before)
    {
        var meanwhile = new Meanwhile();
        await using var app = await StartAsync(interval, meanwhile);
        await app.CreateUserAsync();
        var (browser, other) = (app.NewDevice(), app.NewDevice());
        await other.SignInAsync();
        await browser.SignInAsync();
        app.Time.Advance(TimeSpan.FromMinutes(before));
        var inFlight = browser.Copy();
        meanwhile.Work = () => other.PostAsync("/change/password");

        await browser.PostAsync("/signin-late");

        Assert.False(await inFlight.IsSignedInAsync());
        Assert.False(await browser.IsSignedInAsync());
        Assert.True(await other.IsSignedInAsync());
    }

    [Theory]
    [MemberData(nameof(Intervals))]
    public async Task A_request_in_flight_is_refused_where_the_session_that_took_its_place_has_to_end(int interval, int before)
    {
        await using var app = await StartAsync(interval);
        await app.CreateUserAsync();
        var browser = app.NewDevice();
        await browser.SignInAsync();
        app.Time.Advance(TimeSpan.FromMinutes(before));
        var inFlight = browser.Copy();
        await browser.SignInAsync();
        await app.InDatabaseAsync(db => db.Users.ExecuteUpdateAsync(user => user.SetProperty(row => row.SecurityStamp, "ANOTHER")));

        using var answer = await inFlight.GetAsync("/whoami");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        LeavesTheCookies(answer);
        Assert.False(await browser.IsSignedInAsync());
    }

    [Theory]
    [MemberData(nameof(Intervals))]
    public async Task A_sign_in_refreshed_by_a_request_in_flight_leaves_the_newer_cookie_alone(int interval, int before)
    {
        await using var app = await StartAsync(interval);
        await app.CreateUserAsync();
        var browser = app.NewDevice();
        await browser.SignInAsync();
        app.Time.Advance(TimeSpan.FromMinutes(before));
        var inFlight = browser.Copy();
        await browser.SignInAsync();

        using var answer = await inFlight.SendAsync(HttpMethod.Post, "/refresh");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        LeavesTheCookies(answer);
    }

    [Fact]
    public async Task A_sign_out_that_was_in_flight_when_its_browser_signed_in_again_ends_the_newer_session()
    {
        await using var app = await StartAsync(30);
        await app.CreateUserAsync();
        var browser = app.NewDevice();
        await browser.SignInAsync();
        var inFlight = browser.Copy();
        await browser.SignInAsync();

        await inFlight.PostAsync("/signout");

        Assert.False(await browser.IsSignedInAsync(), "its cookie is gone, and a copy of it is refused");
        Assert.Equal([SessionEndReason.Superseded, SessionEndReason.SignedOut], await EndsAsync(app));
    }

    // What a browser gets with a late answer would take the place of its newer cookies.
    private static void LeavesTheCookies(HttpResponseMessage answer) =>
        Assert.DoesNotContain(
            answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [],
            cookie => cookie.StartsWith(".AspNetCore.Identity", StringComparison.Ordinal) || cookie.StartsWith("Identity.", StringComparison.Ordinal));

    private static async Task<IEnumerable<string?>> EndsAsync(TestApp app) => (await app.SessionsAsync()).Select(row => row.EndReason);

    private static Task<TestApp> StartAsync(int interval, Meanwhile? meanwhile = null) => TestApp.StartAsync(setup =>
    {
        setup.ConfigureServices = services => services.Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = TimeSpan.FromMinutes(interval));
        setup.ConfigureEndpoints = endpoints =>
        {
            AccountEndpoints.Map(endpoints);
            endpoints.MapPost("/change-and-refresh-late", async (UserManager<IdentityUser> users, SignInManager<IdentityUser> signIn, HttpContext context) =>
            {
                var user = (await users.GetUserAsync(context.User))!;
                await meanwhile!.Work();
                var result = await users.ChangePasswordAsync(user, TestApp.Password, "An0ther-word!");
                await signIn.RefreshSignInAsync(user);
                return result.ToString();
            }).RequireAuthorization();
            endpoints.MapPost("/signin-late", async (UserManager<IdentityUser> users, SignInManager<IdentityUser> signIn) =>
            {
                var user = (await users.FindByNameAsync("ada@example.com"))!;
                await meanwhile!.Work();
                await signIn.SignInAsync(user, isPersistent: false);
                return "Succeeded";
            });
        };
    });

    /// <summary>What happens in the middle of a request.</summary>
    private sealed class Meanwhile
    {
        public Func<Task> Work { get; set; } = () => Task.CompletedTask;
    }
}
