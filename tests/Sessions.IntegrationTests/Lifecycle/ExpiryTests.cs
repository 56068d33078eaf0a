using System.Net;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Sessions.Identity;
using Sessions.IntegrationTests.Concurrency;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Lifecycle;

public sealed class ExpiryTests
{
    // A ticket's times have no fractions of seconds.
    private static readonly TimeSpan _moment = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task An_idle_session_has_ended_as_expired_before_its_request_is_refused(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(options => options.IdleTimeout = TimeSpan.FromHours(1), database);
        var device = await SignedInAsync(app);
        app.Time.Advance(TimeSpan.FromMinutes(61));

        Assert.False(await device.IsSignedInAsync());

        Assert.Null(device.Ticket);
        Assert.Equal(SessionEndReason.Expired, Assert.Single(await app.SessionsAsync()).EndReason);
        Assert.Equal(SessionEndReason.Expired, Assert.Single(await app.EventsAsync(), row => row.Kind == SessionEventKind.Expired).EndReason);
    }

    [Fact]
    public async Task Activity_keeps_a_session_from_idling_even_with_a_long_last_seen_interval()
    {
        await using var app = await StartAsync(options =>
        {
            options.IdleTimeout = TimeSpan.FromHours(1);
            options.LastSeenInterval = TimeSpan.FromHours(10);
        });
        var device = await SignedInAsync(app);

        for (var request = 0; request < 5; request++)
        {
            app.Time.Advance(TimeSpan.FromMinutes(50));
            Assert.True(await device.IsSignedInAsync());
        }

        app.Time.Advance(TimeSpan.FromMinutes(61));
        Assert.False(await device.IsSignedInAsync());
    }

    [Fact]
    public async Task Idleness_is_measured_to_a_tenth_and_the_request_waits_for_the_write()
    {
        await using var app = await StartAsync(options => options.IdleTimeout = TimeSpan.FromMinutes(20));
        var device = await SignedInAsync(app);
        app.Time.Advance(TimeSpan.FromMinutes(2));
        await device.IsSignedInAsync();
        var touched = (await app.SessionsAsync()).Single().LastSeenAt;
        app.Time.Advance(TimeSpan.FromMinutes(1));

        await device.IsSignedInAsync();

        Assert.True(app.Time.GetUtcNow() - touched < TimeSpan.FromMinutes(2), "The touch was there when the response came.");
        Assert.Equal(touched, (await app.SessionsAsync()).Single().LastSeenAt);
    }

    [Fact]
    public async Task A_session_of_its_absolute_age_ends_whatever_its_activity()
    {
        await using var app = await StartAsync(options => options.AbsoluteLifetime = TimeSpan.FromHours(24));
        var device = await SignedInAsync(app);
        for (var hour = 1; hour < 24; hour++)
        {
            app.Time.Advance(TimeSpan.FromHours(1));
            Assert.True(await device.IsSignedInAsync());
        }

        app.Time.Advance(TimeSpan.FromHours(1));

        Assert.False(await device.IsSignedInAsync());
        Assert.Equal(SessionEndReason.Expired, Assert.Single(await app.SessionsAsync()).EndReason);
    }

    [Theory]
    [InlineData(2, 60, 24)]
    [InlineData(3, 15, 12)]
    public async Task A_NIST_preset_ends_an_idle_session_just_past_its_bound_and_not_just_before(int level, int idleMinutes, int ageHours)
    {
        var idle = TimeSpan.FromMinutes(idleMinutes);
        Assert.True(TimeSpan.FromHours(ageHours) > idle * 3, "Its age ends none of this.");
        await using var app = await StartAsync(Preset(level));
        var device = await SignedInAsync(app);

        await TurnToAsync(app, row => row.LastSeenAt + idle - _moment);
        Assert.True(await device.IsSignedInAsync());
        await TurnToAsync(app, row => row.LastSeenAt + idle + _moment);
        Assert.False(await device.IsSignedInAsync());

        Assert.Equal(SessionEndReason.Expired, Assert.Single(await app.SessionsAsync()).EndReason);
    }

    [Theory]
    [InlineData(2, 60, 24)]
    [InlineData(3, 15, 12)]
    public async Task A_NIST_preset_ends_an_active_session_just_past_its_age_and_not_just_before(int level, int idleMinutes, int ageHours)
    {
        var (idle, absolute) = (TimeSpan.FromMinutes(idleMinutes), TimeSpan.FromHours(ageHours));
        await using var app = await StartAsync(Preset(level));
        var device = await SignedInAsync(app);
        var began = (await app.SessionsAsync()).Single().CreatedAt;
        for (var age = idle * 0.8; age < absolute - _moment; age += idle * 0.8)
        {
            app.Time.SetUtcNow(began + age);
            Assert.True(await device.IsSignedInAsync(), $"It is {age} old.");
        }

        await TurnToAsync(app, row => row.CreatedAt + absolute - _moment);
        Assert.True(await device.IsSignedInAsync());
        await TurnToAsync(app, row => row.CreatedAt + absolute + _moment);
        Assert.False(await device.IsSignedInAsync());

        Assert.Equal(SessionEndReason.Expired, Assert.Single(await app.SessionsAsync()).EndReason);
    }

    [Fact]
    public async Task A_limit_that_is_set_later_holds_for_sessions_from_before_it()
    {
        await using var database = TestDatabase.Sqlite();
        var keys = Directory.CreateTempSubdirectory("sessions-keys-");
        string ticket;
        var time = new TestAppSetup().Time;
        await using (var before = await TestApp.StartAsync(setup => (setup.Database, setup.Keys, setup.Time) = (database, keys, time)))
        {
            await before.CreateUserAsync();
            var device = before.NewDevice();
            await device.SignInAsync();
            ticket = device.Ticket!;
        }

        time.Advance(TimeSpan.FromHours(2));
        await using var app = await TestApp.StartAsync(setup =>
        {
            (setup.Database, setup.Keys, setup.Time, setup.CreateTables) = (database, keys, time, false);
            setup.Options = options => options.AbsoluteLifetime = TimeSpan.FromHours(1);
        });

        Assert.False(await ConcurrentApp.WithTicket(app, ticket).IsSignedInAsync());
        Assert.Equal(SessionEndReason.Expired, Assert.Single(await app.SessionsAsync()).EndReason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_sliding_cookie_never_outlives_the_absolute_lifetime(bool persistent)
    {
        var span = TimeSpan.FromHours(1);
        await using var app = await StartAsync(options => options.AbsoluteLifetime = TimeSpan.FromHours(3), configure: setup => setup.ConfigureServices = services =>
            services.Configure<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme, options => options.ExpireTimeSpan = span));
        var device = await SignedInAsync(app, persistent);
        var end = (await app.SessionsAsync()).Single().CreatedAt + TimeSpan.FromHours(3);
        var ends = new List<DateTimeOffset?>();

        for (var request = 0; request < 5; request++)
        {
            app.Time.Advance(TimeSpan.FromMinutes(35));
            Assert.True(await device.IsSignedInAsync());
            ends.Add(EndOf(app, device));
        }

        Assert.All(ends, ticket => Assert.True(ticket <= end, $"{ticket:O} is after {end:O}"));
        Assert.True(ends[^1] > end - TimeSpan.FromSeconds(2), "It slid as far as it may.");
        Assert.True((await app.SessionsAsync()).Single().ExpiresAt <= end);
    }

    [Fact]
    public async Task A_ticket_is_never_issued_for_longer_than_the_absolute_lifetime()
    {
        await using var app = await StartAsync(options => options.AbsoluteLifetime = TimeSpan.FromHours(3));
        var device = await SignedInAsync(app, persistent: true);

        // A ticket's times have no fractions of seconds.
        var session = Assert.Single(await app.SessionsAsync());
        Assert.InRange(session.ExpiresAt!.Value, session.CreatedAt + TimeSpan.FromHours(3) - TimeSpan.FromSeconds(1), session.CreatedAt + TimeSpan.FromHours(3));
        Assert.Equal(session.ExpiresAt, EndOf(app, device));
    }

    [Fact]
    public async Task A_ticket_that_ran_out_ends_its_session_and_its_person_is_told_why()
    {
        await using var app = await StartAsync(_ => { });
        var device = await SignedInAsync(app);
        app.Time.Advance(TimeSpan.FromDays(15));

        using var response = await device.GetAsync("/whoami");

        Assert.Contains(response.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("Sessions.SignedOut=", StringComparison.Ordinal));
        Assert.Equal(SessionEndReason.Expired, Assert.Single(await app.SessionsAsync()).EndReason);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(59)]
    [InlineData(301)]
    public async Task A_person_is_told_why_from_the_moment_a_renewed_ticket_runs_out(int secondsAfter)
    {
        await using var app = await StartAsync(options => options.IdleTimeout = TimeSpan.FromDays(100)); // the row hears of the renewal before the answer
        var device = await SignedInAsync(app);
        app.Time.Advance(TimeSpan.FromDays(8));
        Assert.True(await device.IsSignedInAsync());
        app.Time.Advance(TimeSpan.FromDays(14) + TimeSpan.FromSeconds(secondsAfter));

        using var response = await device.GetAsync("/whoami");

        Assert.Contains(response.Headers.GetValues("Set-Cookie"), cookie => cookie.StartsWith("Sessions.SignedOut=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_old_copy_of_a_ticket_that_ran_out_ends_nothing()
    {
        await using var app = await StartAsync(_ => { });
        var device = await SignedInAsync(app);
        var copy = device.Copy();
        app.Time.Advance(TimeSpan.FromDays(8));
        Assert.True(await device.IsSignedInAsync());
        await Eventually.TrueAsync(async () => (await app.SessionsAsync()).Single().ExpiresAt > app.Time.GetUtcNow() + TimeSpan.FromDays(13), "the row hears of the renewal");
        app.Time.Advance(TimeSpan.FromDays(7));

        using var response = await copy.GetAsync("/whoami");

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.False(response.Headers.Contains("Set-Cookie"), "there is nothing to tell: the session goes on");
        Assert.True(await device.IsSignedInAsync());
    }

    [Fact]
    public async Task A_session_whose_time_is_over_is_neither_shown_nor_counted_before_it_ends()
    {
        await using var app = await StartAsync(options =>
        {
            options.IdleTimeout = TimeSpan.FromHours(1);
            options.MaxSessionsPerUser = 1;
        });
        await SignedInAsync(app);
        app.Time.Advance(TimeSpan.FromMinutes(61));
        var laptop = app.NewDevice();

        await laptop.SignInAsync();

        var shown = await app.WithUsersAsync(async users => await users.GetSessionsAsync((await users.FindByNameAsync("ada@example.com"))!));
        Assert.Equal(await laptop.SessionIdAsync(), Assert.Single(shown).Id.ToString());
        Assert.DoesNotContain(await app.EventsAsync(), row => row.EndReason == SessionEndReason.Pruned);
    }

    [Theory]
    [InlineData("sqlite", true)]
    [InlineData("sqlite", false)]
    [InlineData("postgres", true)]
    [InlineData("postgres", false)]
    public async Task A_session_whose_ticket_ran_out_is_neither_shown_nor_counted_before_the_sweep_ends_it(string provider, bool byCap)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(
            options => (options.MaxSessionsPerUser, options.ConcurrentSignIns.Total) = byCap ? (1, (int?)null) : (100, 1), database);
        await SignedInAsync(app);
        await TurnToAsync(app, row => row.ExpiresAt!.Value + _moment);
        var laptop = app.NewDevice();

        await laptop.SignInAsync();

        Assert.All(await app.SessionsAsync(), row => Assert.Null(row.EndedAt));
        var shown = await app.WithUsersAsync(async users => await users.GetSessionsAsync((await users.FindByNameAsync("ada@example.com"))!));
        Assert.Equal(await laptop.SessionIdAsync(), Assert.Single(shown).Id.ToString());

        // Only once no renewal can hold any longer that the row did not hear of; the laptop is in use meanwhile.
        app.Time.Advance(TimeSpan.FromDays(13));
        Assert.True(await laptop.IsSignedInAsync());
        app.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, (await app.SweepAsync()).ExpiredCount);

        Assert.Equal([SessionEndReason.Expired, null], (await app.SessionsAsync()).Select(row => row.EndReason));
        Assert.Equal((await app.SessionsAsync())[0].Id, Assert.Single(await app.EventsAsync(), row => row.Kind == SessionEventKind.Expired).SessionId);
        Assert.DoesNotContain(await app.EventsAsync(), row => row.Kind == SessionEventKind.Revoked);
        Assert.True(await laptop.IsSignedInAsync());
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Of_many_requests_at_the_end_of_a_session_one_ends_it_and_none_passes(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await ConcurrentApp.StartAsync(database, setup => setup.Options = options =>
        {
            options.TrackingTimeout = TimeSpan.FromMinutes(1);
            options.UseNistAal3();
        });
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        app.Time.Advance(TimeSpan.FromMinutes(16));

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => device.Copy().IsSignedInAsync()));

        Assert.DoesNotContain(true, answers);
        Assert.Single(await app.EventsAsync(), row => row.Kind == SessionEventKind.Expired);
    }

    private static Task<TestApp> StartAsync(Action<UserSessionOptions> options, TestDatabase? database = null, Action<TestAppSetup>? configure = null) =>
        TestApp.StartAsync(setup =>
        {
            setup.Database = database;
            setup.Options = options;
            configure?.Invoke(setup);
        });

    private static async Task<Device> SignedInAsync(TestApp app, bool persistent = false)
    {
        await app.CreateUserAsync();
        var device = app.NewDevice(Device.SafariOnIPhone);
        await device.SignInAsync(persistent: persistent);
        return device;
    }

    private static Action<UserSessionOptions> Preset(int level) => options =>
    {
        if (level == 2)
        {
            options.UseNistAal2();
        }
        else
        {
            options.UseNistAal3();
        }
    };

    private static async Task TurnToAsync(TestApp app, Func<IdentityUserSession<string>, DateTimeOffset> time) =>
        app.Time.SetUtcNow(time(Assert.Single(await app.SessionsAsync())));

    private static DateTimeOffset? EndOf(TestApp app, Device device) =>
        app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptionsMonitor<CookieAuthenticationOptions>>()
            .Get(IdentityConstants.ApplicationScheme).TicketDataFormat.Unprotect(device.Ticket)!.Properties.ExpiresUtc;
}
