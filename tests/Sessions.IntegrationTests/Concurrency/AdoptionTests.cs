using System.Net;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Concurrency;

/// <summary>People who were signed in when Sessions was installed.</summary>
public sealed class AdoptionTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_burst_of_first_requests_makes_one_row_per_device_and_no_sign_in(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var (app, devices) = await ConcurrentApp.StartAfterInstallAsync(database, 2);
        await using var running = app;

        var burst = devices.SelectMany(device => Enumerable.Range(0, 25).Select(_ => device.Copy().IsSignedInAsync()));
        Assert.All(await Task.WhenAll(burst), Assert.True);

        var sessions = await app.SessionsAsync();
        Assert.Equal(2, sessions.Count);
        Assert.All(sessions, session => Assert.True(session.IsAdopted));
        Assert.Empty(await app.EventsAsync());
        Assert.NotEqual(await devices[0].SessionIdAsync(), await devices[1].SessionIdAsync());
    }

    [Theory]
    [InlineData("sqlite", "Sec-Fetch-Mode", "cors")]
    [InlineData("postgres", "Sec-Fetch-Mode", "cors")]
    [InlineData("sqlite", "Accept", "application/json")]
    [InlineData("sqlite", "X-Requested-With", "XMLHttpRequest")]
    public async Task A_background_request_does_not_name_the_device_and_the_first_document_does(string provider, string header, string value)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var (app, devices) = await ConcurrentApp.StartAfterInstallAsync(database, 1);
        await using var running = app;

        await devices[0].GetAsync("/whoami", header, value);
        await devices[0].GetAsync("/whoami", header, value);
        var unnamed = Assert.Single(await app.SessionsAsync());
        Assert.Equal((null, null, null), (unnamed.DeviceType, unnamed.Browser, unnamed.UserAgent));

        await devices[0].GetAsync("/whoami", "Sec-Fetch-Mode", "navigate");
        await Eventually.TrueAsync(async () => (await app.SessionsAsync())[0].Browser == "Chrome");

        var named = Assert.Single(await app.SessionsAsync());
        Assert.Equal((DeviceType.Desktop, Device.ChromeOnWindows), (named.DeviceType, named.UserAgent));
        Assert.Null(named.EndedAt);
    }

    [Fact]
    public async Task A_client_that_drops_the_new_cookie_stays_one_session()
    {
        await using var database = TestDatabase.Sqlite();
        var (app, devices) = await ConcurrentApp.StartAfterInstallAsync(database, 1);
        await using var running = app;
        var ticket = devices[0].Ticket!;

        for (var request = 0; request < 5; request++)
        {
            Assert.True(await ConcurrentApp.WithTicket(app, ticket).IsSignedInAsync());
        }

        Assert.Single(await app.SessionsAsync());
    }

    [Fact]
    public async Task A_copy_of_the_old_cookie_is_refused_after_its_session_signed_out()
    {
        await using var database = TestDatabase.Sqlite();
        var (app, devices) = await ConcurrentApp.StartAfterInstallAsync(database, 2);
        await using var running = app;
        var copy = devices[0].Copy();
        Assert.True(await devices[0].IsSignedInAsync());

        await devices[0].PostAsync("/signout");

        Assert.False(await copy.IsSignedInAsync());
        Assert.True(await devices[1].IsSignedInAsync());
    }

    [Fact]
    public async Task Revoking_all_before_anybody_was_adopted_writes_one_event_and_refuses_them()
    {
        await using var database = TestDatabase.Sqlite();
        var (app, devices) = await ConcurrentApp.StartAfterInstallAsync(database, 2);
        await using var running = app;

        Assert.Equal(0, await app.RevokeAllAsync());

        Assert.False(await devices[0].IsSignedInAsync());
        Assert.False(await devices[1].IsSignedInAsync());
        Assert.Equal((SessionEventKind.Revoked, null), Assert.Single((await app.EventsAsync()).Select(row => (row.Kind, row.SessionId))));
        Assert.All(await app.SessionsAsync(), session => Assert.Equal((true, SessionEndReason.RevokedByAdmin), (session.IsAdopted, session.EndReason)));
    }

    [Fact]
    public async Task A_renewal_in_the_very_response_of_the_adoption_leaves_one_ticket_with_the_key_in_it()
    {
        await using var database = TestDatabase.Sqlite();
        var (app, devices) = await ConcurrentApp.StartAfterInstallAsync(database, 1);
        await using var running = app;
        app.Time.Advance(TimeSpan.FromDays(8));

        using var response = await devices[0].GetAsync("/whoami");

        var written = Assert.Single(response.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith(".AspNetCore.Identity.Application=", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        app.Time.Advance(TimeSpan.FromDays(8));
        Assert.True(await devices[0].IsSignedInAsync(), $"It was renewed: {written.Length} characters.");
        Assert.Single(await app.SessionsAsync());
    }

    [Fact]
    public async Task A_renewal_during_an_outage_makes_a_ticket_no_younger_than_a_decision_about_all()
    {
        await using var database = TestDatabase.Sqlite();
        var (app, devices) = await ConcurrentApp.StartAfterInstallAsync(database, 1);
        await using var running = app;
        app.Time.Advance(TimeSpan.FromDays(7.5));
        await app.RevokeAllAsync();
        app.Time.Advance(TimeSpan.FromDays(1));
        await database.RenameAsync("AspNetUserSessions", "Gone");
        Assert.True(await devices[0].IsSignedInAsync());
        await database.RenameAsync("Gone", "AspNetUserSessions");

        Assert.False(await devices[0].IsSignedInAsync());
    }
}
