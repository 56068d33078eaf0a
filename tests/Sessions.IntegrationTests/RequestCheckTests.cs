using System.Net;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests;

public sealed class RequestCheckTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_revoked_device_is_refused_at_its_next_request_and_its_cookie_is_cleared(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await TestApp.StartAsync(setup => setup.Database = database);
        await app.CreateUserAsync();
        var laptop = app.NewDevice();
        var phone = app.NewDevice(Device.SafariOnIPhone);
        await laptop.SignInAsync();
        await phone.SignInAsync();
        var phoneSession = await phone.SessionIdAsync();

        await laptop.PostAsync($"/revoke?id={phoneSession}");

        Assert.False(await phone.IsSignedInAsync());
        Assert.Null(phone.Ticket);
        Assert.True(await laptop.IsSignedInAsync());
        var ended = Assert.Single(await app.SessionsAsync(), session => session.EndedAt is not null);
        Assert.Equal((Guid.Parse(phoneSession), SessionEndReason.RevokedByUser), (ended.Id, ended.EndReason));
        var revoked = Assert.Single(await app.EventsAsync(), row => row.Kind == SessionEventKind.Revoked);
        Assert.Equal((ended.Id, SessionEndReason.RevokedByUser), (revoked.SessionId, revoked.EndReason));
    }

    [Fact]
    public async Task Signing_out_everywhere_else_leaves_only_this_device()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateUserAsync();
        var laptop = app.NewDevice();
        var others = Enumerable.Range(0, 3).Select(_ => app.NewDevice(Device.SafariOnIPhone)).ToArray();
        await laptop.SignInAsync();
        foreach (var other in others)
        {
            await other.SignInAsync();
        }

        Assert.Equal("3", await laptop.PostAsync("/revoke-others"));

        Assert.True(await laptop.IsSignedInAsync());
        foreach (var other in others)
        {
            Assert.False(await other.IsSignedInAsync());
        }

        Assert.Equal(3, (await app.EventsAsync()).Count(row => row.EndReason == SessionEndReason.RevokedEverywhereElse));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_cookie_copied_before_logout_is_refused_after_it(bool persistent)
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync(persistent: persistent);
        var copy = device.Copy();

        await device.PostAsync("/signout");

        Assert.False(await copy.IsSignedInAsync());
        Assert.Equal(SessionEndReason.SignedOut, Assert.Single(await app.SessionsAsync()).EndReason);
        Assert.Equal([SessionEventKind.SignedIn, SessionEventKind.SignedOut], (await app.EventsAsync()).Select(row => row.Kind));
    }

    [Theory]
    [InlineData("somebody else")]
    [InlineData("oneself, after a sign-out")]
    [InlineData("oneself, without the browser's id")]
    public async Task A_late_request_leaves_the_cookie_of_who_signed_in_meanwhile(string who)
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateUserAsync();
        await app.CreateUserAsync("bob@example.com");
        var browser = app.NewDevice();
        await browser.SignInAsync();
        if (who == "oneself, without the browser's id")
        {
            browser.Forget("Sessions.Device");
        }

        var late = browser.Copy();
        if (who == "oneself, after a sign-out")
        {
            await browser.PostAsync("/signout");
        }

        await browser.SignInAsync(who == "somebody else" ? "bob@example.com" : "ada@example.com");
        using var refused = await late.GetAsync("/whoami");

        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
        Assert.False(refused.Headers.Contains("Set-Cookie"));
        Assert.True(await browser.IsSignedInAsync());
        app.Time.Advance(TimeSpan.FromSeconds(61));
        Assert.False(await late.IsSignedInAsync());
        Assert.Null(late.Ticket);
    }

    [Theory]
    [InlineData(31, "for its stamp")]
    [InlineData(8 * 24 * 60, "since it slides")]
    public async Task A_late_request_that_still_passes_does_not_renew_its_old_cookie(int minutes, string why)
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateUserAsync();
        var browser = app.NewDevice();
        await browser.SignInAsync(persistent: true);
        app.Time.Advance(TimeSpan.FromMinutes(minutes));
        var late = browser.Copy();
        await browser.SignInAsync(persistent: true);

        using var passed = await late.GetAsync("/whoami");

        Assert.Equal(HttpStatusCode.OK, passed.StatusCode);
        Assert.False(passed.Headers.Contains("Set-Cookie"), why);
    }

    [Fact]
    public async Task A_key_that_is_in_no_row_is_refused()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        await app.InDatabaseAsync(db => db.Set<IdentityUserSession<string>>().ExecuteDeleteAsync());

        Assert.False(await device.IsSignedInAsync());
        Assert.Null(device.Ticket);
    }

    [Theory]
    [InlineData("UserId")]
    [InlineData("Scheme")]
    public async Task A_key_of_another_users_or_schemes_row_is_refused(string column)
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateUserAsync();
        var bob = await app.CreateUserAsync("bob@example.com");
        var device = app.NewDevice();
        await device.SignInAsync();

        await app.InDatabaseAsync(db => db.Set<IdentityUserSession<string>>().ExecuteUpdateAsync(row =>
            row.SetProperty(session => EF.Property<string>(session, column), column == "UserId" ? bob.Id : "Other")));

        Assert.False(await device.IsSignedInAsync());
    }

    [Fact]
    public async Task Only_the_schemes_own_cookie_is_cleared()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        await app.InDatabaseAsync(db => db.Set<IdentityUserSession<string>>().ExecuteDeleteAsync());

        using var response = await device.GetAsync("/whoami");

        var cleared = response.Headers.GetValues("Set-Cookie").Where(cookie => cookie.Contains("1970", StringComparison.Ordinal)).ToArray();
        Assert.StartsWith(".AspNetCore.Identity.Application=;", Assert.Single(cleared), StringComparison.Ordinal);
        Assert.DoesNotContain(await app.EventsAsync(), row => row.Kind == SessionEventKind.SignedOut);
    }

    [Fact]
    public async Task Another_persons_session_can_be_neither_found_nor_ended()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateUserAsync();
        await app.CreateUserAsync("bob@example.com");
        var ada = app.NewDevice();
        var bob = app.NewDevice();
        await ada.SignInAsync();
        await bob.SignInAsync("bob@example.com");

        using var foreign = await bob.SendAsync(HttpMethod.Post, $"/revoke?id={await ada.SessionIdAsync()}");
        using var unknown = await bob.SendAsync(HttpMethod.Post, $"/revoke?id={Guid.NewGuid()}");
        using var own = await bob.SendAsync(HttpMethod.Post, $"/revoke?id={await bob.SessionIdAsync()}");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (foreign.StatusCode, unknown.StatusCode, own.StatusCode));
        Assert.True(await ada.IsSignedInAsync());
        Assert.True(await bob.IsSignedInAsync());
    }

    [Fact]
    public async Task Deleting_the_user_ends_the_session_at_its_next_request()
    {
        await using var app = await TestApp.StartAsync();
        var user = await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();

        await app.WithUsersAsync(async users => await users.DeleteAsync((await users.FindByIdAsync(user.Id))!));

        Assert.False(await device.IsSignedInAsync());
    }

    [Fact]
    public async Task The_session_that_an_administrator_revokes_keeps_the_reason_the_actor_and_the_note()
    {
        await using var app = await TestApp.StartAsync();
        var user = await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        var id = Guid.Parse(await device.SessionIdAsync());

        var isRevoked = await app.WithUsersAsync(users => Microsoft.AspNetCore.Identity.UserManagerSessionExtensions.RevokeSessionAsync(
            users, user, id, new SessionRevocation { ActorId = "ops", Note = "Lost laptop" }));

        Assert.True(isRevoked);
        Assert.False(await device.IsSignedInAsync());
        var session = Assert.Single(await app.SessionsAsync());
        Assert.Equal((SessionEndReason.RevokedByAdmin, "ops", "Lost laptop"), (session.EndReason, session.EndedBy, session.EndNote));
        var revoked = Assert.Single(await app.EventsAsync(), row => row.Kind == SessionEventKind.Revoked);
        Assert.Equal(("ops", "Lost laptop"), (revoked.ActorId, revoked.Note));
    }
}
