using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.RateLimiting;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.SignIns;

/// <summary>Attempts that fail outside of Identity's own calls.</summary>
public sealed class FailureTests
{
    private const string Login = "/Account/Login";

    [Theory]
    [InlineData(null)]
    [InlineData("/turned-back")]
    public async Task Turning_back_at_the_external_provider_is_one_failure_of_that_provider(string? accessDeniedPath)
    {
        await using var app = await WithProviderAsync(options => options.AccessDeniedPath = accessDeniedPath ?? default(PathString));
        var device = app.NewDevice();
        var state = await ChallengeAsync(device, "/challenge");

        using var answer = await device.GetAsync($"/signin-oauth?error=access_denied&state={Uri.EscapeDataString(state)}");

        Assert.EndsWith(accessDeniedPath ?? "/failed", answer.Headers.Location!.OriginalString.Split('?')[0], StringComparison.Ordinal);
        var failed = Assert.Single(await app.EventsAsync());
        Assert.Equal(
            (SessionEventKind.SignInFailed, SignInFailureReason.ExternalFailed, SignInMethod.External, "github", null, null),
            (failed.Kind, failed.FailureReason, failed.SignInMethod, failed.Provider, failed.Identity, failed.UserId));
        Assert.Empty(await app.SessionsAsync());
    }

    [Fact]
    public async Task An_answer_of_the_provider_that_does_not_hold_is_a_failure_too()
    {
        await using var app = await WithProviderAsync();

        await app.NewDevice().GetAsync("/signin-oauth?code=stolen&state=forged");

        Assert.Equal(SignInFailureReason.ExternalFailed, Assert.Single(await app.EventsAsync()).FailureReason);
    }

    [Fact]
    public async Task Turning_back_while_linking_a_provider_to_an_account_is_no_failed_sign_in()
    {
        await using var app = await WithProviderAsync();
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        var state = await ChallengeAsync(device, "/link");

        await device.GetAsync($"/signin-oauth?error=access_denied&state={Uri.EscapeDataString(state)}");

        Assert.DoesNotContain(await app.EventsAsync(), row => row.Kind == SessionEventKind.SignInFailed);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_burst_that_the_rate_limiter_refuses_on_the_login_path_is_one_failure(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var refused = 0;
        await using var app = await WithRateLimiterAsync(database, () => Interlocked.Increment(ref refused));
        await app.CreateUserAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => PostAsync(app, Login)));
        await PostAsync(app, "/other");
        await PostAsync(app, "/other");

        Assert.Equal(10, answers.Count(status => status == HttpStatusCode.TooManyRequests));
        Assert.Equal(11, refused); // the host's own OnRejected is called as before
        var failed = Assert.Single(await app.EventsAsync(), row => row.Kind == SessionEventKind.SignInFailed);
        Assert.Equal((SignInFailureReason.RateLimited, null, null), (failed.FailureReason, failed.Identity, failed.UserId));

        app.Time.Advance(TimeSpan.FromMinutes(2));
        await PostAsync(app, Login);
        await PostAsync(app, Login);
        Assert.Equal(2, (await app.EventsAsync()).Count(row => row.FailureReason == SignInFailureReason.RateLimited));
    }

    [Fact]
    public async Task A_custom_flow_records_its_own_failure()
    {
        await using var app = await TestApp.StartAsync(setup => setup.ConfigureEndpoints = endpoints => endpoints.MapPost("/custom", (HttpContext context, string? identity) =>
            context.RecordFailedSignInAsync(identity, "link_expired", SignInMethod.MagicLink, "Mailer")));
        await app.CreateUserAsync();

        Assert.Equal("true", await app.NewDevice().PostAsync("/custom?identity=%20Ada@Example.COM%20"));

        var failed = Assert.Single(await app.EventsAsync());
        Assert.Equal(
            ("ada@example.com", "link_expired", SignInMethod.MagicLink, "mailer", null),
            (failed.Identity, failed.FailureReason, failed.SignInMethod, failed.Provider, failed.UserId));
    }

    [Fact]
    public async Task A_passkey_that_fails_keeps_no_identity_since_none_was_typed()
    {
        await using var app = await TestApp.StartAsync(setup => setup.ConfigureEndpoints = endpoints =>
            endpoints.MapPost("/passkey-options", (SignInManager<IdentityUser> signIn) => signIn.MakePasskeyRequestOptionsAsync(null)));
        var device = app.NewDevice();
        await device.PostAsync("/passkey-options");

        await device.PostAsync("/signin-passkey?credential=%7B%7D");

        var failed = Assert.Single(await app.EventsAsync());
        Assert.Equal((SignInFailureReason.PasskeyFailed, SignInMethod.Passkey, null), (failed.FailureReason, failed.SignInMethod, failed.Identity));
    }

    [Fact]
    public async Task An_account_that_may_not_sign_in_says_so()
    {
        await using var app = await TestApp.StartAsync(setup =>
            setup.ConfigureServices = services => services.Configure<IdentityOptions>(options => options.SignIn.RequireConfirmedEmail = true));
        await app.CreateUserAsync(configure: user => user.EmailConfirmed = false);

        await app.NewDevice().SignInAsync();

        Assert.Equal(SignInFailureReason.NotAllowed, Assert.Single(await app.EventsAsync()).FailureReason);
    }

    [Fact]
    public async Task Calls_that_a_header_authenticates_make_no_rows_and_no_events()
    {
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.ConfigureServices = services => services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, HeaderHandler>("Key", configureOptions: null);
            setup.ConfigureEndpoints = endpoints => endpoints.MapGet("/api", () => "in").RequireAuthorization(policy => policy.AddAuthenticationSchemes("Key").RequireAuthenticatedUser());
        });

        using var answer = await app.NewDevice().GetAsync("/api");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await app.SessionsAsync());
        Assert.Empty(await app.EventsAsync());
    }

    private static async Task<HttpStatusCode> PostAsync(TestApp app, string path)
    {
        using var answer = await app.NewDevice().SendAsync(HttpMethod.Post, path);
        return answer.StatusCode;
    }

    private static async Task<string> ChallengeAsync(Device device, string path)
    {
        using var challenge = await device.GetAsync(path);
        return System.Web.HttpUtility.ParseQueryString(challenge.Headers.Location!.Query)["state"]!;
    }

    private static Task<TestApp> WithProviderAsync(Action<OAuthOptions>? configure = null) => TestApp.StartAsync(setup =>
    {
        setup.ConfigureServices = services => services.AddAuthentication().AddOAuth("GitHub", options =>
        {
            options.ClientId = "client";
            options.ClientSecret = "secret";
            options.AuthorizationEndpoint = "https://provider.example/authorize";
            options.TokenEndpoint = "https://provider.example/token";
            options.CallbackPath = "/signin-oauth";
            options.SignInScheme = IdentityConstants.ExternalScheme;
            options.Events.OnRemoteFailure = context =>
            {
                context.Response.Redirect("/failed");
                context.HandleResponse();
                return Task.CompletedTask;
            };
            configure?.Invoke(options);
        });
        setup.ConfigureEndpoints = endpoints =>
        {
            endpoints.MapGet("/challenge", (SignInManager<IdentityUser> signIn) =>
                Results.Challenge(signIn.ConfigureExternalAuthenticationProperties("GitHub", "/back"), ["GitHub"]));
            endpoints.MapGet("/link", (SignInManager<IdentityUser> signIn, UserManager<IdentityUser> users, HttpContext context) =>
                Results.Challenge(signIn.ConfigureExternalAuthenticationProperties("GitHub", "/back", users.GetUserId(context.User)), ["GitHub"]));
        };
    });

    private static Task<TestApp> WithRateLimiterAsync(TestDatabase database, Action onRejected) => TestApp.StartAsync(setup =>
    {
        setup.Database = database;
        setup.ConfigureServices = services => services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.AddFixedWindowLimiter("few", limiter => (limiter.PermitLimit, limiter.Window) = (2, TimeSpan.FromHours(1)));
            options.AddFixedWindowLimiter("one", limiter => (limiter.PermitLimit, limiter.Window) = (1, TimeSpan.FromHours(1)));
            options.OnRejected = (_, _) =>
            {
                onRejected();
                return default;
            };
        });
        setup.ConfigureApp = app =>
        {
            app.UseRouting();
            app.UseRateLimiter();
        };
        setup.ConfigureEndpoints = endpoints =>
        {
            endpoints.MapPost(Login, () => "in").RequireRateLimiting("few");
            endpoints.MapPost("/other", () => "in").RequireRateLimiting("one");
        };
    });
}
