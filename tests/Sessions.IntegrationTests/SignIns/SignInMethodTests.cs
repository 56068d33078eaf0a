using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.SignIns;

/// <summary>How a sign-in was made: told by the call that was made, or by the host; never guessed.</summary>
public sealed class SignInMethodTests
{
    [Theory]
    [InlineData(" GitHub ", "github")]
    [InlineData("Microsoft", "microsoft")]
    [InlineData("google", "google")]
    public async Task An_external_provider_is_kept_in_one_form(string provider, string kept)
    {
        await using var app = await StartAsync();
        await app.CreateUserWithLoginAsync(provider);

        Assert.Equal("Succeeded", await app.NewDevice().PostAsync($"/signin-external?provider={Uri.EscapeDataString(provider)}&key=key-1"));

        Assert.Equal((SignInMethod.External, kept), await MethodAsync(app));
    }

    [Fact]
    public async Task A_second_factor_after_an_external_login_keeps_the_login_as_the_method()
    {
        await using var app = await StartAsync();
        var (user, codes) = await app.CreateUserWithTwoFactorAsync();
        await app.WithUsersAsync(async users =>
            await users.AddLoginAsync((await users.FindByIdAsync(user.Id))!, new UserLoginInfo("Google", "key-1", "Google")));
        var device = app.NewDevice();
        Assert.Equal("RequiresTwoFactor", await device.PostAsync("/signin-external?provider=Google&key=key-1"));

        Assert.Equal("Failed", await device.PostAsync("/signin-recovery?code=wrong"));
        Assert.Equal("Succeeded", await device.PostAsync($"/signin-recovery?code={codes[0]}"));

        Assert.All(await app.EventsAsync(), row => Assert.Equal((SignInMethod.External, "google"), (row.SignInMethod, row.Provider)));
        var session = Assert.Single(await SessionsOfAsync(app, user));
        Assert.Equal((SignInMethod.External, "google", SecondFactor.RecoveryCode), (session.SignInMethod, session.Provider, session.SecondFactor));
    }

    [Theory]
    [InlineData("Email", SecondFactor.Email)]
    [InlineData("Phone", SecondFactor.Phone)]
    public async Task A_code_that_was_sent_is_told_by_how_it_was_sent(string provider, string factor)
    {
        await using var app = await StartAsync();
        var (user, _) = await app.CreateUserWithTwoFactorAsync();
        await app.WithUsersAsync(async users =>
        {
            var known = (await users.FindByIdAsync(user.Id))!;
            known.PhoneNumber = "+34600000000";
            known.PhoneNumberConfirmed = true;
            return await users.UpdateAsync(known);
        });
        var device = app.NewDevice();
        await device.SignInAsync();
        var code = await app.WithUsersAsync(async users => await users.GenerateTwoFactorTokenAsync((await users.FindByIdAsync(user.Id))!, provider));

        Assert.Equal("Succeeded", await device.PostAsync($"/signin-code?provider={provider}&code={code}"));

        Assert.Equal(factor, Assert.Single(await SessionsOfAsync(app, user)).SecondFactor);
    }

    [Fact]
    public async Task A_browser_that_was_remembered_is_the_second_factor_of_its_next_sign_in()
    {
        await using var app = await StartAsync();
        var (user, _) = await app.CreateUserWithTwoFactorAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        await device.PostAsync($"/signin-and-remember?code={await app.AuthenticatorCodeAsync(user)}");
        await device.PostAsync("/signout");

        Assert.Equal("Succeeded", await device.SignInAsync());

        Assert.Equal(SecondFactor.RememberedBrowser, Assert.Single(await SessionsOfAsync(app, user)).SecondFactor);
    }

    [Fact]
    public async Task Registering_with_a_password_and_being_signed_in_is_a_sign_in_by_password()
    {
        await using var app = await StartAsync();

        Assert.Equal("Succeeded", await app.NewDevice().PostAsync("/register?name=new@example.com"));

        var session = Assert.Single(await app.SessionsAsync());
        Assert.Equal(SignInMethod.Password, session.SignInMethod);
        Assert.Contains("registration", session.MethodDetail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Identity.External", SignInMethod.External, "identity.external")] // a scheme of the app
    [InlineData("door-badge", "door-badge", null)] // a word of the host's own
    public async Task A_method_that_the_host_gives_to_a_bare_sign_in_is_what_the_host_says(string given, string method, string? provider)
    {
        await using var app = await StartAsync();
        await app.CreateUserAsync();

        await app.NewDevice().PostAsync($"/signin-as?method={given}");

        Assert.Equal((method, provider), await MethodAsync(app));
    }

    [Fact]
    public async Task A_tag_wins_over_all_that_is_known_of_sign_ins_and_failures()
    {
        await using var app = await StartAsync();
        await app.CreateUserWithLoginAsync("Google");

        await app.NewDevice().PostAsync("/tagged?method=magic_link&provider=Mailer&detail=button");
        await app.NewDevice().PostAsync("/tagged-failure?method=one_time_code");

        var session = Assert.Single(await app.SessionsAsync());
        Assert.Equal((SignInMethod.MagicLink, "mailer"), (session.SignInMethod, session.Provider));
        Assert.Contains("button", session.MethodDetail, StringComparison.Ordinal);
        Assert.Equal([SignInMethod.MagicLink, SignInMethod.OneTimeCode], (await app.EventsAsync()).Select(row => row.SignInMethod));
    }

    [Fact]
    public async Task A_tag_goes_with_the_sign_in_to_its_second_step()
    {
        await using var app = await StartAsync();
        var (user, codes) = await app.CreateUserWithTwoFactorAsync();
        var device = app.NewDevice();
        Assert.Equal("RequiresTwoFactor", await device.PostAsync("/tagged-password?method=magic_link"));

        await device.PostAsync($"/signin-recovery?code={codes[0]}");

        var session = Assert.Single(await SessionsOfAsync(app, user));
        Assert.Equal((SignInMethod.MagicLink, SecondFactor.RecoveryCode), (session.SignInMethod, session.SecondFactor));
    }

    [Fact]
    public async Task The_options_map_a_provider_or_a_scheme_to_a_method()
    {
        await using var app = await StartAsync(options =>
        {
            options.SignInMethods["Okta"] = SignInMethod.SingleSignOn;
            options.SignInMethods[IdentityConstants.ApplicationScheme] = SignInMethod.MagicLink;
        });
        await app.CreateUserWithLoginAsync("OKTA");

        await app.NewDevice().PostAsync("/signin-external?provider=OKTA&key=key-1");
        await app.NewDevice().PostAsync("/signin-direct?name=ada@example.com");
        await app.NewDevice().SignInAsync();

        Assert.Equal(
            [(SignInMethod.SingleSignOn, "okta"), (SignInMethod.MagicLink, null), (SignInMethod.Password, null)],
            (await app.SessionsAsync()).Select(row => (row.SignInMethod, row.Provider)));
    }

    [Fact]
    public async Task A_sign_in_that_no_seam_sees_is_recorded_by_hand_without_a_row_and_never_twice()
    {
        await using var app = await StartAsync();
        var user = await app.CreateUserAsync();

        await app.NewDevice().PostAsync("/by-hand");
        await app.NewDevice().PostAsync("/by-hand-too");

        var events = await app.EventsAsync();
        Assert.Equal([("token", (Guid?)null), (SignInMethod.Password, events[1].SessionId)], events.Select(row => (row.SignInMethod!, row.SessionId)));
        Assert.Equal(user.Id, events[0].UserId);
        Assert.Equal(events[1].SessionId, Assert.Single(await app.SessionsAsync()).Id);
    }

    [Fact]
    public async Task A_step_up_stamps_its_factor_on_the_live_session_and_has_an_event_of_its_own()
    {
        await using var app = await StartAsync();
        var user = await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.PostAsync("/tagged-password?method=magic_link&detail=kept");

        Assert.Equal("true", await device.PostAsync("/step-up"));
        Assert.Equal("false", await app.NewDevice().PostAsync("/step-up"));

        var session = Assert.Single(await SessionsOfAsync(app, user));
        Assert.Equal((SecondFactor.Authenticator, "kept"), (session.SecondFactor, session.SignInDetail));
        var stepUp = (await app.EventsAsync())[^1];
        Assert.Equal((SessionEventKind.StepUp, user.Id, (Guid?)session.Id, SignInMethod.MagicLink), (stepUp.Kind, stepUp.UserId, stepUp.SessionId, stepUp.SignInMethod));
        Assert.Contains(SecondFactor.Authenticator, stepUp.MethodDetail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_has_ended_takes_no_step_up()
    {
        await using var app = await StartAsync();
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();

        Assert.Equal("false", await device.PostAsync("/end-and-step-up"));

        Assert.DoesNotContain(await app.EventsAsync(), row => row.Kind == SessionEventKind.StepUp);
    }

    [Fact]
    public async Task A_skipped_request_records_nothing_and_checks_everything()
    {
        await using var app = await StartAsync();
        await app.CreateUserAsync();
        var device = app.NewDevice();

        Assert.Equal("Succeeded", await device.PostAsync("/skipped?password=Pa55-word!"));
        Assert.Equal("Failed", await app.NewDevice().PostAsync("/skipped?password=wrong"));
        Assert.Empty(await app.SessionsAsync());
        Assert.Empty(await app.EventsAsync());

        // Like any ticket without a row it can be signed out from its next request on.
        Assert.True(await device.IsSignedInAsync());
        Assert.True(Assert.Single(await app.SessionsAsync()).IsAdopted);
        Assert.Empty(await app.EventsAsync());
    }

    [Fact]
    public async Task A_skipped_request_is_no_sign_of_life_but_an_ended_session_stays_refused()
    {
        await using var app = await StartAsync(configure: setup => setup.ConfigureApp = host => host.Use((context, next) =>
        {
            if (context.Request.Path == "/whoami")
            {
                context.SkipSessionTracking();
            }

            return next(context);
        }));
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        app.Time.Advance(TimeSpan.FromMinutes(10));

        Assert.True(await device.IsSignedInAsync());
        await device.GetAsync("/open");
        await Eventually.TrueAsync(async () => (await app.SessionsAsync())[0].LastSeenAt > app.Time.Start.AddMinutes(5));
        await app.RevokeAllAsync();

        Assert.False(await device.IsSignedInAsync());
    }

    private static async Task<(string?, string?)> MethodAsync(TestApp app)
    {
        var session = Assert.Single(await app.SessionsAsync());
        var signedIn = Assert.Single(await app.EventsAsync());
        Assert.Equal((session.SignInMethod, session.Provider), (signedIn.SignInMethod, signedIn.Provider));
        return (session.SignInMethod, session.Provider);
    }

    private static Task<IReadOnlyList<UserSessionInfo>> SessionsOfAsync(TestApp app, IdentityUser user) =>
        app.WithUsersAsync(users => users.GetSessionsAsync(user));

    private static Task<TestApp> StartAsync(Action<UserSessionOptions>? options = null, Action<TestAppSetup>? configure = null) => TestApp.StartAsync(setup =>
    {
        setup.Options = options;
        setup.ConfigureEndpoints = Map;
        configure?.Invoke(setup);
    });

    private static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/signin-and-remember", async (SignInManager<IdentityUser> signIn, string code) =>
            (await signIn.TwoFactorAuthenticatorSignInAsync(code, isPersistent: false, rememberClient: true)).ToString());
        app.MapPost("/register", async (SignInManager<IdentityUser> signIn, UserManager<IdentityUser> users, string name) =>
        {
            var user = new IdentityUser(name);
            await users.CreateAsync(user, TestApp.Password);
            await signIn.SignInAsync(user, isPersistent: false);
            return "Succeeded";
        });
        app.MapPost("/signin-as", async (SignInManager<IdentityUser> signIn, UserManager<IdentityUser> users, string method) =>
            await signIn.SignInAsync((await users.FindByNameAsync("ada@example.com"))!, isPersistent: false, method));
        app.MapPost("/tagged", async (HttpContext context, SignInManager<IdentityUser> signIn, string method, string? provider, string? detail) =>
        {
            context.TagSignIn(method, provider, detail);
            await signIn.ExternalLoginSignInAsync("Google", "key-1", isPersistent: false);
        });
        app.MapPost("/tagged-failure", async (HttpContext context, SignInManager<IdentityUser> signIn, string method) =>
        {
            context.TagSignIn(method);
            await signIn.PasswordSignInAsync("ada@example.com", "wrong", isPersistent: false, lockoutOnFailure: false);
        });
        app.MapPost("/tagged-password", async (HttpContext context, SignInManager<IdentityUser> signIn, string method, string? detail) =>
        {
            context.TagSignIn(method, detail: detail);
            return (await signIn.PasswordSignInAsync("ada@example.com", TestApp.Password, isPersistent: false, lockoutOnFailure: false)).ToString();
        });
        app.MapPost("/by-hand", async (HttpContext context, UserManager<IdentityUser> users) =>
            await context.TrackSignInAsync((await users.FindByNameAsync("ada@example.com"))!, "token"));
        app.MapPost("/by-hand-too", async (HttpContext context, SignInManager<IdentityUser> signIn, UserManager<IdentityUser> users) =>
        {
            await signIn.PasswordSignInAsync("ada@example.com", TestApp.Password, isPersistent: false, lockoutOnFailure: false);
            return await context.TrackSignInAsync((await users.FindByNameAsync("ada@example.com"))!, "token");
        });
        app.MapPost("/step-up", (HttpContext context, CancellationToken token) => context.RecordStepUpAsync(SecondFactor.Authenticator, token));
        app.MapPost("/end-and-step-up", async (HttpContext context, UserManager<IdentityUser> users) =>
        {
            await context.AuthenticateAsync(IdentityConstants.ApplicationScheme);
            await users.RevokeAllSessionsAsync((await users.GetUserAsync(context.User))!);
            return await context.RecordStepUpAsync(SecondFactor.Authenticator);
        });
        app.MapPost("/skipped", async (HttpContext context, SignInManager<IdentityUser> signIn, string password) =>
        {
            context.SkipSessionTracking();
            return (await signIn.PasswordSignInAsync("ada@example.com", password, isPersistent: false, lockoutOnFailure: false)).ToString();
        });
    }
}
