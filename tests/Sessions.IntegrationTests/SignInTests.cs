using Microsoft.AspNetCore.Identity;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests;

public sealed class SignInTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_sign_in_by_password_begins_one_session_with_one_event(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await TestApp.StartAsync(setup => setup.Database = database);
        var user = await app.CreateUserAsync();
        var device = app.NewDevice();

        Assert.Equal("Succeeded", await device.SignInAsync());

        var session = Assert.Single(await app.SessionsAsync());
        Assert.Equal(user.Id, session.UserId);
        Assert.Equal(SignInMethod.Password, session.SignInMethod);
        Assert.InRange(session.CreatedAt, app.Time.Start, app.Time.GetUtcNow());
        Assert.Null(session.EndedAt);
        var signedIn = Assert.Single(await app.EventsAsync());
        Assert.Equal((SessionEventKind.SignedIn, user.Id, (Guid?)session.Id), (signedIn.Kind, signedIn.UserId, signedIn.SessionId));
        Assert.True(await device.IsSignedInAsync());
    }

    [Theory]
    [InlineData("/signin-user?name=ada@example.com&password=Pa55-word!", SignInMethod.Password)]
    [InlineData("/signin-direct?name=ada@example.com", SignInMethod.Unknown)]
    [InlineData("/signin-http?name=ada@example.com", SignInMethod.Unknown)]
    public async Task Every_other_call_that_signs_in_does_too(string path, string method)
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateUserAsync();
        var device = app.NewDevice();

        Assert.Equal("Succeeded", await device.PostAsync(path));

        Assert.Equal(method, Assert.Single(await app.SessionsAsync()).SignInMethod);
        Assert.Single(await app.EventsAsync());
        Assert.True(await device.IsSignedInAsync());
    }

    [Fact]
    public async Task Checking_a_password_is_no_sign_in()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateUserAsync();

        await app.NewDevice().PostAsync("/check-password?name=ada@example.com&password=Pa55-word!");
        await app.NewDevice().PostAsync("/check-password?name=ada@example.com&password=wrong");

        Assert.Empty(await app.SessionsAsync());
        Assert.Empty(await app.EventsAsync());
    }

    [Theory]
    [InlineData("ada@example.com", SignInFailureReason.WrongPassword)]
    [InlineData("nobody@example.com", SignInFailureReason.UnknownUser)]
    public async Task A_failure_writes_one_event_with_the_name_as_typed_and_no_account(string name, string reason)
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateUserAsync();

        await app.NewDevice().SignInAsync(name.ToUpperInvariant(), "wrong");

        var failed = Assert.Single(await app.EventsAsync());
        Assert.Equal((SessionEventKind.SignInFailed, name, reason), (failed.Kind, failed.Identity, failed.FailureReason));
        Assert.Null(failed.UserId);
        Assert.Null(failed.SessionId);
        Assert.Empty(await app.SessionsAsync());
    }

    [Fact]
    public async Task A_locked_account_says_so_as_the_reason()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateUserAsync();
        var device = app.NewDevice();

        for (var attempt = 0; attempt < 4; attempt++)
        {
            await device.SignInAsync(password: "wrong");
        }

        Assert.Equal(
            [SignInFailureReason.WrongPassword, SignInFailureReason.WrongPassword, SignInFailureReason.LockedOut, SignInFailureReason.LockedOut],
            (await app.EventsAsync()).Select(failed => failed.FailureReason));
    }

    [Fact]
    public async Task A_password_that_only_leads_to_the_second_step_is_neither_success_nor_failure()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateUserWithTwoFactorAsync();
        var device = app.NewDevice();

        Assert.Equal("RequiresTwoFactor", await device.SignInAsync());

        Assert.Empty(await app.SessionsAsync());
        Assert.Empty(await app.EventsAsync());
    }

    [Fact]
    public async Task A_second_factor_is_told_with_the_method()
    {
        await using var app = await TestApp.StartAsync();
        var (_, codes) = await app.CreateUserWithTwoFactorAsync();
        var device = app.NewDevice();
        await device.SignInAsync();

        Assert.Equal("Failed", await device.PostAsync("/signin-recovery?code=wrong"));
        Assert.Equal("Succeeded", await device.PostAsync($"/signin-recovery?code={codes[0]}"));

        var events = await app.EventsAsync();
        Assert.Equal([SignInFailureReason.WrongRecoveryCode, null], events.Select(row => row.FailureReason));
        Assert.Equal("ada@example.com", events[0].Identity);
        Assert.Contains(SecondFactor.RecoveryCode, Assert.Single(await app.SessionsAsync()).MethodDetail);
    }

    [Fact]
    public async Task A_code_of_the_authenticator_signs_in_and_a_wrong_one_is_a_failure()
    {
        await using var app = await TestApp.StartAsync();
        var (user, _) = await app.CreateUserWithTwoFactorAsync();
        var device = app.NewDevice();
        await device.SignInAsync();

        Assert.Equal("Failed", await device.PostAsync("/signin-authenticator?code=000000"));
        var code = await app.AuthenticatorCodeAsync(user);
        Assert.Equal("Succeeded", await device.PostAsync($"/signin-authenticator?code={code}"));

        Assert.Equal([SignInFailureReason.WrongTwoFactorCode, null], (await app.EventsAsync()).Select(row => row.FailureReason));
        Assert.Contains(SecondFactor.Authenticator, Assert.Single(await app.SessionsAsync()).MethodDetail);
    }

    [Fact]
    public async Task An_external_login_keeps_its_provider_and_one_without_an_account_is_nothing()
    {
        await using var app = await TestApp.StartAsync();
        var user = await app.CreateUserAsync();
        await app.WithUsersAsync(async users =>
            await users.AddLoginAsync((await users.FindByIdAsync(user.Id))!, new UserLoginInfo("Google", "key-1", "Google")));

        Assert.Equal("Failed", await app.NewDevice().PostAsync("/signin-external?provider=Google&key=other"));
        Assert.Empty(await app.EventsAsync());
        Assert.Equal("Succeeded", await app.NewDevice().PostAsync("/signin-external?provider=Google&key=key-1"));

        var session = Assert.Single(await app.SessionsAsync());
        Assert.Equal((SignInMethod.External, "google"), (session.SignInMethod, session.Provider));
        Assert.Single(await app.EventsAsync());
    }

    [Fact]
    public async Task Refreshing_the_sign_in_keeps_the_session()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        var before = await device.SessionIdAsync();

        await device.PostAsync("/refresh");
        await device.PostAsync("/refresh");

        Assert.Equal(before, await device.SessionIdAsync());
        Assert.Single(await app.SessionsAsync());
        Assert.Single(await app.EventsAsync());
    }

    [Fact]
    public async Task Signing_in_as_another_person_signs_the_first_one_out()
    {
        await using var app = await TestApp.StartAsync();
        var ada = await app.CreateUserAsync();
        await app.CreateUserAsync("bob@example.com");
        var device = app.NewDevice();
        await device.SignInAsync();

        await device.SignInAsync("bob@example.com");

        var sessions = await app.SessionsAsync();
        Assert.Equal(SessionEndReason.SignedOut, Assert.Single(sessions, session => session.UserId == ada.Id).EndReason);
        Assert.Null(Assert.Single(sessions, session => session.UserId != ada.Id).EndedAt);
        Assert.Equal(
            [SessionEventKind.SignedIn, SessionEventKind.SignedIn, SessionEventKind.SignedOut],
            (await app.EventsAsync()).Select(row => row.Kind).Order());
    }

    [Fact]
    public async Task Signing_in_again_begins_a_new_session_and_supersedes_the_old_one()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        var old = device.Copy();
        var before = await device.SessionIdAsync();

        await device.SignInAsync();

        Assert.NotEqual(before, await device.SessionIdAsync());
        Assert.Equal([SessionEndReason.Superseded, null], (await app.SessionsAsync()).Select(session => session.EndReason));
        Assert.All(await app.EventsAsync(), row => Assert.Equal(SessionEventKind.SignedIn, row.Kind));
        Assert.True(await old.IsSignedInAsync(), "A request in flight passes within the grace.");
        app.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.False(await old.IsSignedInAsync());
        Assert.True(await device.IsSignedInAsync());
    }
}
