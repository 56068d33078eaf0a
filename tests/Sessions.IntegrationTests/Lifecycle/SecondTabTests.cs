using System.Net;
using Microsoft.AspNetCore.Authentication;
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

    public static TheoryData<int, int, string> Late => With("/late", "/change-late");

    public static TheoryData<int, int, string> Changes => With("password", "two-factor");

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
    [MemberData(nameof(Late))]
    public async Task A_request_that_was_let_in_before_its_browser_signed_in_again_writes_no_cookie_after_it(int interval, int before, string request)
    {
        var wait = request == "/late" ? TimeSpan.FromSeconds(80) : TimeSpan.Zero; // longer than requests pass that come after it
        var meanwhile = new Meanwhile();
        await using var app = await StartAsync(interval, meanwhile);
        await app.CreateUserAsync();
        var browser = app.NewDevice();
        await browser.SignInAsync();
        app.Time.Advance(TimeSpan.FromMinutes(before));
        var late = browser.Copy();
        meanwhile.Work = async () =>
        {
            await browser.SignInAsync();
            app.Time.Advance(wait);
        };

        using var answer = await late.SendAsync(HttpMethod.Post, request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        LeavesTheCookies(answer);
        app.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.True(await browser.IsSignedInAsync());
        Assert.Equal([SessionEndReason.Superseded, null], await EndsAsync(app));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(301)]
    public async Task A_late_request_whose_ticket_ran_out_leaves_the_cookie_of_the_next_sign_in(int secondsAfter)
    {
        await using var app = await StartAsync(30);
        await app.CreateUserAsync();
        var browser = app.NewDevice();
        await browser.SignInAsync();
        app.Time.Advance(TimeSpan.FromDays(14) + TimeSpan.FromSeconds(secondsAfter));
        var late = browser.Copy();
        await browser.SignInAsync();

        using var answer = await late.GetAsync("/whoami");

        LeavesTheCookies(answer);
        Assert.True(await browser.IsSignedInAsync());
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_browser_stays_with_its_own_late_change_where_the_host_lets_others_stay_too(int interval, int before, string change)
    {
        await using var app = await StartAsync(
            interval, options: options => (options.RevokeOnSecurityStampChange, options.RevokeOnPasswordChange) = (false, false));
        await app.CreateUserAsync();
        var browser = app.NewDevice();
        await browser.SignInAsync();
        app.Time.Advance(TimeSpan.FromMinutes(before));
        var late = browser.Copy();
        await browser.SignInAsync();

        Assert.Equal("Succeeded", await late.PostAsync($"/change/{change}"));

        app.Time.Advance(TimeSpan.FromMinutes(31));
        Assert.True(await browser.IsSignedInAsync());
        Assert.Equal([SessionEndReason.Superseded, null], await EndsAsync(app));
    }

    [Theory]
    [MemberData(nameof(Intervals))]
    public async Task A_change_that_no_context_saw_and_a_late_request_refreshes_leaves_its_browser_signed_in(int interval, int before)
    {
        await using var app = await StartAsync(interval);
        await app.CreateUserAsync();
        var browser = app.NewDevice();
        await browser.SignInAsync();
        app.Time.Advance(TimeSpan.FromMinutes(before));
        var late = browser.Copy();
        await browser.SignInAsync();

        using var answer = await late.SendAsync(HttpMethod.Post, "/change-by-sql-and-refresh");

        LeavesTheCookies(answer);
        app.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task A_sign_in_over_an_older_one_that_is_refreshed_at_once_is_one_sign_in()
    {
        await using var app = await StartAsync(30);
        await app.CreateUserAsync();
        var browser = app.NewDevice();
        await browser.SignInAsync();

        await browser.PostAsync("/in-and-refresh");

        Assert.True(await browser.IsSignedInAsync());
        Assert.Equal([SessionEndReason.Superseded, null], await EndsAsync(app));
    }

    [Fact]
    public async Task A_late_request_that_signs_out_and_in_again_begins_a_session()
    {
        await using var app = await StartAsync(30);
        await app.CreateUserAsync();
        var browser = app.NewDevice();
        await browser.SignInAsync();
        var late = browser.Copy();
        await browser.SignInAsync();

        await late.PostAsync("/out-and-in");

        Assert.True(await late.IsSignedInAsync());
        Assert.Equal([SessionEndReason.Superseded, SessionEndReason.SignedOut, null], await EndsAsync(app));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_refresh_inside_of_the_hosts_own_transaction_waits_for_nothing(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(30, database: database);
        await app.CreateUserAsync();
        var (browser, other) = (app.NewDevice(), app.NewDevice());
        await browser.SignInAsync();
        await other.SignInAsync();

        await browser.PostAsync("/change-and-refresh-in-transaction");

        Assert.DoesNotContain(app.Logs.GetSnapshot(), line => line.Message.Contains("TouchSession", StringComparison.Ordinal));
        Assert.True(await browser.IsSignedInAsync());
        await Eventually.TrueAsync(async () => !await other.IsSignedInAsync(), "the others end once it is committed");
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

    private static TheoryData<int, int, string> With(params string[] each) =>
        [.. Intervals.SelectMany(row => each.Select(one => (row.Data.Item1, row.Data.Item2, one)))];

    private static Task<TestApp> StartAsync(
        int interval, Meanwhile? meanwhile = null, Action<UserSessionOptions>? options = null, TestDatabase? database = null) => TestApp.StartAsync(setup =>
    {
        setup.Options = options ?? setup.Options;
        setup.Database = database ?? setup.Database;
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
            endpoints.MapPost("/late", () => meanwhile!.Work()).RequireAuthorization();
            endpoints.MapPost("/change-late", async (UserManager<IdentityUser> users, HttpContext context) =>
            {
                var user = (await users.GetUserAsync(context.User))!;
                await meanwhile!.Work();
                return (await users.ChangePasswordAsync(user, TestApp.Password, "An0ther-word!")).ToString();
            }).RequireAuthorization();
            endpoints.MapPost("/change-by-sql-and-refresh", async (TestDb db, UserManager<IdentityUser> users, SignInManager<IdentityUser> signIn, HttpContext context) =>
            {
                await db.Users.ExecuteUpdateAsync(user => user.SetProperty(row => row.SecurityStamp, "ANOTHER"));
                db.ChangeTracker.Clear();
                await signIn.RefreshSignInAsync((await users.FindByNameAsync(context.User.Identity!.Name!))!);
            }).RequireAuthorization();
            endpoints.MapPost("/in-and-refresh", async (UserManager<IdentityUser> users, SignInManager<IdentityUser> signIn) =>
            {
                await signIn.PasswordSignInAsync("ada@example.com", TestApp.Password, isPersistent: false, lockoutOnFailure: false);
                await signIn.RefreshSignInAsync((await users.FindByNameAsync("ada@example.com"))!);
            }).RequireAuthorization();
            endpoints.MapPost("/out-and-in", async (HttpContext context) =>
            {
                var ticket = await context.AuthenticateAsync(IdentityConstants.ApplicationScheme);
                await context.SignOutAsync(IdentityConstants.ApplicationScheme);
                await context.SignInAsync(IdentityConstants.ApplicationScheme, ticket.Principal!, ticket.Properties);
            }).RequireAuthorization();
            endpoints.MapPost("/change-and-refresh-in-transaction", async (TestDb db, UserManager<IdentityUser> users, SignInManager<IdentityUser> signIn, HttpContext context) =>
            {
                await using var transaction = await db.Database.BeginTransactionAsync();
                var user = (await users.GetUserAsync(context.User))!;
                await users.ChangePasswordAsync(user, TestApp.Password, "An0ther-word!");
                await signIn.RefreshSignInAsync(user);
                await transaction.CommitAsync();
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
