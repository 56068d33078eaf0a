using System.Net;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.IntegrationTests.Concurrency;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Lifecycle;

public sealed class RetentionTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Old_events_go_and_younger_ones_stay(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database, options => options.EventRetention = TimeSpan.FromDays(30));
        await app.CreateUserAsync();
        await app.NewDevice().SignInAsync(password: "wrong");
        app.Time.Advance(TimeSpan.FromDays(20));
        await app.NewDevice().SignInAsync();
        app.Time.Advance(TimeSpan.FromDays(11));

        Assert.Equal(1, (await app.SweepAsync()).PurgedEventCount);

        Assert.DoesNotContain(await app.EventsAsync(), row => row.Kind == SessionEventKind.SignInFailed);
        Assert.Contains(await app.EventsAsync(), row => row.Kind == SessionEventKind.SignedIn);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Many_old_events_go_in_ranges_that_leave_none_behind(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database);
        var old = app.Time.GetUtcNow() - TimeSpan.FromDays(400);
        await app.InDatabaseAsync(async db =>
        {
            // Some of one instant, as a burst has them, and the youngest just within what is kept.
            db.AddRange(Enumerable.Range(0, 4_500).Select(number => new IdentitySessionEvent<string>
            {
                Id = Guid.CreateVersion7(old),
                Kind = SessionEventKind.SignInFailed,
                OccurredAt = old + TimeSpan.FromSeconds(number / 7),
            }));
            db.Add(new IdentitySessionEvent<string> { Id = Guid.CreateVersion7(), Kind = SessionEventKind.SignInFailed, OccurredAt = app.Time.GetUtcNow() - TimeSpan.FromDays(364) });
            return await db.SaveChangesAsync();
        });

        Assert.Equal(4_500, (await app.SweepAsync()).PurgedEventCount);

        Assert.Single(await app.EventsAsync());
    }

    [Fact]
    public async Task More_rows_of_one_instant_than_a_range_has_do_not_keep_the_sweep_for_ever_where_they_stay()
    {
        await using var app = await StartAsync(null);
        var user = await app.CreateUserAsync();
        var now = app.Time.GetUtcNow();
        await app.InDatabaseAsync(async db =>
        {
            // Adopted ones outlive their retention as long as their ticket may come back. All but the last ended by one statement.
            db.AddRange(Enumerable.Range(0, 2_101).Select(number => new IdentityUserSession<string>
            {
                Id = Guid.CreateVersion7(now.AddDays(-200)),
                UserId = user.Id,
                KeyDigest = $"{number:x64}",
                Scheme = "Identity.Application",
                SignInMethod = SignInMethod.Unknown,
                IsAdopted = number < 2_100,
                CreatedAt = now.AddDays(-200),
                LastSeenAt = now.AddDays(-200),
                ExpiresAt = now.AddDays(200),
                EndedAt = now.AddDays(number < 2_100 ? -150 : -140),
                EndReason = SessionEndReason.RevokedByAdmin,
            }));
            return await db.SaveChangesAsync();
        });

        Assert.Equal(1, (await app.SweepAsync().WaitAsync(Eventually.Patience)).PurgedSessionCount);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Ended_rows_go_after_their_time_and_live_ones_never(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database);
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        await device.PostAsync("/signout");
        await device.SignInAsync();
        for (var week = 0; week < 13; week++)
        {
            app.Time.Advance(TimeSpan.FromDays(7));
            Assert.True(await device.IsSignedInAsync());
            await Eventually.TrueAsync(async () => (await app.SessionsAsync())[^1].LastSeenAt > app.Time.GetUtcNow() - TimeSpan.FromDays(1));
        }

        Assert.Equal(1, (await app.SweepAsync()).PurgedSessionCount);

        Assert.Null(Assert.Single(await app.SessionsAsync()).EndedAt);
        Assert.True(await device.IsSignedInAsync());
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task An_ended_row_is_still_there_after_eighty_days_and_gone_after_ninety(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database);
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        await device.PostAsync("/signout");

        app.Time.Advance(TimeSpan.FromDays(80));
        Assert.Equal(0, (await app.SweepAsync()).PurgedSessionCount);
        Assert.Equal(SessionEndReason.SignedOut, Assert.Single(await app.SessionsAsync()).EndReason);

        app.Time.Advance(TimeSpan.FromDays(10));
        Assert.Equal(1, (await app.SweepAsync()).PurgedSessionCount);
        Assert.Empty(await app.SessionsAsync());
    }

    [Fact]
    public async Task Without_retention_nothing_goes()
    {
        await using var app = await StartAsync(null, options => (options.EventRetention, options.EndedSessionRetention) = (null, null));
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        await device.PostAsync("/signout");
        app.Time.Advance(TimeSpan.FromDays(5000));

        var result = await app.SweepAsync();

        Assert.Equal((0, 0), (result.PurgedEventCount, result.PurgedSessionCount));
        Assert.Equal(2, (await app.EventsAsync()).Count);
    }

    [Fact]
    public async Task A_copy_of_an_adopted_ticket_stays_refused_whatever_the_retention()
    {
        await using var database = TestDatabase.Sqlite();
        var (app, devices) = await ConcurrentApp.StartAfterInstallAsync(database, devices: 1, ShortRetention);
        await using var running = app;
        var ticket = devices[0].Ticket!;
        Assert.True(await devices[0].IsSignedInAsync());
        await app.RevokeAsync((await app.SessionsAsync()).Single().Id);
        app.Time.Advance(TimeSpan.FromDays(10));

        await app.SweepAsync();

        Assert.False(await ConcurrentApp.WithTicket(app, ticket).IsSignedInAsync());
        app.Time.Advance(TimeSpan.FromDays(5));
        Assert.Equal(1, (await app.SweepAsync()).PurgedSessionCount);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_decision_about_all_sessions_judges_old_tickets_whatever_the_retention_and_then_tells_nothing_personal(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var (app, devices) = await ConcurrentApp.StartAfterInstallAsync(database, devices: 2, ShortRetention);
        await using var running = app;
        Assert.True(await devices[0].IsSignedInAsync());
        await app.RevokeAllAsync();
        app.Time.Advance(TimeSpan.FromDays(10));

        await app.SweepAsync();

        Assert.False(await devices[1].IsSignedInAsync());
        var judge = Assert.Single(await app.EventsAsync());
        Assert.Equal((SessionEventKind.Revoked, null, null, null), (judge.Kind, judge.UserAgent, judge.IpAddress, judge.Browser));
        var user = await app.WithUsersAsync(users => users.FindByNameAsync("ada@example.com"));
        Assert.Empty((await app.WithUsersAsync(users => Microsoft.AspNetCore.Identity.UserManagerSessionExtensions.GetSessionHistoryAsync(users, user!))).Events);

        app.Time.Advance(TimeSpan.FromDays(400));
        await app.SweepAsync();
        Assert.Empty(await app.EventsAsync());
    }

    [Fact]
    public async Task A_ticket_from_before_a_backup_that_was_ended_stays_refused_whatever_the_retention()
    {
        await using var app = await StartAsync(null, options =>
        {
            options.EndedSessionRetention = TimeSpan.FromDays(1);
            options.AdoptUnknownBefore = new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero);
        });
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        var copy = device.Copy();
        await device.PostAsync("/signout");
        app.Time.Advance(TimeSpan.FromDays(3));

        await app.SweepAsync();

        Assert.False(await copy.IsSignedInAsync());
    }

    [Fact]
    public async Task A_truncated_address_is_all_that_is_ever_stored_in_the_trail_too()
    {
        var address = IPAddress.Parse("203.0.113.77");
        await using var app = await StartAsync(null, options =>
        {
            options.IpAddressMode = IpAddressMode.Truncated;
            options.IpAddressResolver = _ => address;
        });
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync(password: "wrong");
        await device.SignInAsync();
        address = IPAddress.Parse("2001:db8:1:2:3::4");
        app.Time.Advance(TimeSpan.FromMinutes(6));
        await device.IsSignedInAsync();
        await Eventually.TrueAsync(async () => (await app.SessionsAsync()).Single().LastSeenIpAddress == "2001:db8:1::");
        await device.PostAsync("/signout");

        Assert.All(await app.EventsAsync(), row => Assert.Equal("203.0.113.0", row.IpAddress));
        Assert.All(await app.EventsAsync(), row => Assert.Equal(IPAddress.Parse("::ffff:203.0.113.0").GetAddressBytes(), row.IpAddressBytes));
        Assert.Equal("203.0.113.0", (await app.SessionsAsync()).Single().IpAddress);
    }

    private static void ShortRetention(TestAppSetup setup) => setup.Options = options =>
    {
        options.TrackingTimeout = TimeSpan.FromMinutes(1);
        options.EventRetention = TimeSpan.FromDays(1);
        options.EndedSessionRetention = TimeSpan.FromDays(1);
    };

    private static Task<TestApp> StartAsync(TestDatabase? database, Action<UserSessionOptions>? options = null) => TestApp.StartAsync(setup =>
    {
        setup.Database = database;
        setup.Options = options;
    });
}
