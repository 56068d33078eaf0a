using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.Identity.Stores;
using Sessions.IntegrationTests.Concurrency;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Lifecycle;

public sealed class SweepTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task It_ends_prunes_and_purges_and_says_how_much(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.Database = database;
            setup.Options = options => options.MaxSessionsPerUser = null;
        });
        await app.CreateUserAsync();
        await app.NewDevice().SignInAsync(password: "wrong");
        await (await SignedInAsync(app)).PostAsync("/signout");
        await app.AgeAsync(TimeSpan.FromDays(400));
        await SignedInAsync(app);
        app.Time.Advance(TimeSpan.FromDays(29));
        await SignedInAsync(app);
        await SignedInAsync(app);

        var result = await app.SweepAsync();

        Assert.Equal((1, 0, 3, 1, 0), (result.ExpiredCount, result.PrunedCount, result.PurgedEventCount, result.PurgedSessionCount, result.ForgottenUserCount));
        Assert.Equal(2, (await app.SessionsAsync()).Count(session => session.EndedAt is null));
        Assert.Single(await app.EventsAsync(), row => row.Kind == SessionEventKind.Expired);
        Assert.Equal(result, await LastAsync(app));
    }

    [Theory]
    [InlineData("sqlite", true)]
    [InlineData("sqlite", false)]
    [InlineData("postgres", true)]
    [InlineData("postgres", false)]
    public async Task It_ends_what_is_idle_or_too_old_in_more_than_one_batch(string provider, bool idle)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.Database = database;
            setup.Options = options =>
            {
                options.MaxSessionsPerUser = null;
                options.IdleTimeout = idle ? TimeSpan.FromHours(1) : null;
                options.AbsoluteLifetime = idle ? null : TimeSpan.FromHours(1);
            };
        });
        await SignedInAsync(app, await app.CreateUserAsync());
        await app.CopySessionAsync(450);
        app.Time.Advance(TimeSpan.FromMinutes(59));
        await SignedInAsync(app);
        app.Time.Advance(TimeSpan.FromMinutes(2));

        var result = await app.SweepAsync();

        Assert.Equal(451, result.ExpiredCount);
        Assert.Equal(451, (await app.EventsAsync()).Count(row => row.Kind == SessionEventKind.Expired));
        Assert.Single(await app.SessionsAsync(), session => session.EndedAt is null);
        Assert.Equal(0, (await app.SweepAsync()).ExpiredCount);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task It_prunes_what_sign_ins_left_over_the_cap(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.Database = database;
            setup.Options = options => options.MaxSessionsPerUser = 3;
        });
        await SignedInAsync(app, await app.CreateUserAsync());
        await app.CopySessionAsync(5);

        var result = await app.SweepAsync();

        Assert.Equal(3, result.PrunedCount);
        Assert.Equal(3, (await app.SessionsAsync()).Count(session => session.EndedAt is null));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task One_node_sweeps_at_a_time(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await TestApp.StartAsync(setup => setup.Database = database);
        await using var scope = app.Services.CreateAsyncScope();
        var other = scope.ServiceProvider.GetRequiredService<IUserSessionMaintenance>();

        await using (var lease = await other.TryLeaseAsync(CancellationToken.None))
        {
            Assert.NotNull(lease);
            Assert.Null(await app.TrySweepAsync());
        }

        Assert.NotNull(await app.TrySweepAsync());
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Many_nodes_at_once_end_each_session_once(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await ConcurrentApp.StartAsync(database);
        await SignedInAsync(app, await app.CreateUserAsync());
        await app.CopySessionAsync(99);
        app.Time.Advance(TimeSpan.FromDays(29));

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(app.TrySweepAsync)));

        Assert.Equal(100, results.Sum(result => result?.ExpiredCount ?? 0));
        Assert.Equal(100, (await app.EventsAsync()).Count(row => row.Kind == SessionEventKind.Expired));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_node_that_is_killed_between_batches_is_followed_by_another_that_goes_on(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await TestApp.StartAsync(setup => setup.Database = database);
        await SignedInAsync(app, await app.CreateUserAsync());
        await app.CopySessionAsync(449);
        app.Time.Advance(TimeSpan.FromDays(29));
        await app.KillMidSweepAsync();
        Assert.InRange((await app.EventsAsync()).Count(row => row.Kind == SessionEventKind.Expired), 1, 449);

        // The row of the lease table waits for its time; PostgreSQL's lock died with the connection.
        app.Time.Advance(TimeSpan.FromMinutes(provider == "sqlite" ? 6 : 0));
        await app.SweepAsync();

        Assert.Equal(450, (await app.EventsAsync()).Count(row => row.Kind == SessionEventKind.Expired));
        Assert.DoesNotContain(await app.SessionsAsync(), session => session.EndedAt is null);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_node_that_lost_its_lease_stops_after_its_batch(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await TestApp.StartAsync(setup => setup.Database = database);
        await using var scope = app.Services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<IUserSessionMaintenance>();
        await using var lease = await store.TryLeaseAsync(CancellationToken.None);
        await lease!.KeepAsync(CancellationToken.None);

        await app.TakeLeaseAwayAsync();

        await Assert.ThrowsAsync<SweepLeaseLostException>(() => lease.KeepAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_session_that_was_active_meanwhile_is_not_ended()
    {
        await using var app = await TestApp.StartAsync(setup => setup.Options = options => options.IdleTimeout = TimeSpan.FromHours(1));
        await SignedInAsync(app, await app.CreateUserAsync());
        await using var scope = app.Services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<IUserSessionStore>();
        var session = (await app.SessionsAsync()).Single();
        app.Time.Advance(TimeSpan.FromMinutes(61));
        await app.InDatabaseAsync(db => db.Set<IdentityUserSession<string>>().ExecuteUpdateAsync(row => row.SetProperty(one => one.LastSeenAt, app.Time.GetUtcNow())));

        var attempt = await store.ExpireAsync(session.Id, new ExpiryCutoffs { SeenBy = app.Time.GetUtcNow() - TimeSpan.FromHours(1) }, app.Time.GetUtcNow(), CancellationToken.None);

        Assert.True(attempt.IsLive);
        Assert.Null(attempt.Ended);
    }

    [Fact]
    public async Task Hooks_hear_of_what_the_sweep_ended()
    {
        var told = new System.Collections.Concurrent.ConcurrentBag<string>();
        await using var app = await TestApp.StartAsync(setup => setup.Options = options => options.Events.OnEvent = context =>
        {
            told.Add(context.Event.Kind);
            return Task.CompletedTask;
        });
        await SignedInAsync(app, await app.CreateUserAsync());
        app.Time.Advance(TimeSpan.FromDays(29));

        await app.SweepAsync();

        await Eventually.TrueAsync(() => Task.FromResult(told.Contains(SessionEventKind.Expired)), "the hook is told");
    }

    private static Task<SessionSweepResult?> LastAsync(TestApp app) =>
        app.InScopeAsync(services => services.GetRequiredService<UserSessionSweeper>().GetLastResultAsync());

    private static async Task<Device> SignedInAsync(TestApp app, Microsoft.AspNetCore.Identity.IdentityUser? user = null)
    {
        var device = app.NewDevice();
        await device.SignInAsync(user?.UserName ?? "ada@example.com");
        return device;
    }
}
