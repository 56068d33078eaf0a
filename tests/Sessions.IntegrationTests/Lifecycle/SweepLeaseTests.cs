using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.Identity.EntityFrameworkCore;
using Sessions.Identity.Stores;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Lifecycle;

/// <summary>A sweep goes on only while its lease is its own, whatever it is just doing.</summary>
public sealed class SweepLeaseTests
{
    private static readonly DateTimeOffset _longAgo = new TestAppSetup().Time.Start.AddDays(-400);

    public static TheoryData<string, string> Works => new(
        from provider in new[] { "sqlite", "postgres" }
        from work in new[] { SweepWork.Expire, SweepWork.Prune, SweepWork.PurgeEvents, SweepWork.PurgeEnded, SweepWork.ForgetVanished }
        select (provider, work));

    [Theory]
    [MemberData(nameof(Works))]
    public async Task A_sweep_whose_lease_was_taken_over_stops_at_its_next_batch_and_another_does_the_rest(string provider, string work)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var victim = work;
        await using var app = await StartAsync(database, () => victim);
        var all = await AddWorkAsync(app, work);
        Assert.Equal(all, await LeftAsync(app, work));

        await Assert.ThrowsAsync<SweepLeaseLostException>(app.TrySweepAsync);

        var left = await LeftAsync(app, work);
        Assert.InRange(left, 1, all - 1);
        Assert.Null(await app.InScopeAsync(services => services.GetRequiredService<UserSessionSweeper>().GetLastResultAsync()));

        // Who took the row of the lease table is nobody here, and its time runs out; PostgreSQL's lock died with its connection.
        victim = SweepWork.None;
        app.Time.Advance(TimeSpan.FromMinutes(provider == "sqlite" ? 6 : 0));
        Assert.Equal(left, DoneBy(await app.SweepAsync(), work));
        Assert.Equal(0, await LeftAsync(app, work));
        Assert.Equal(work is SweepWork.Expire or SweepWork.Prune ? all : 0, (await app.EventsAsync()).Count);
    }

    private static Task<TestApp> StartAsync(TestDatabase database, Func<string> victim) => TestApp.StartAsync(setup =>
    {
        setup.Database = database;
        setup.Options = options => options.MaxSessionsPerUser = 1;
        setup.ConfigureServices = services => services.AddScoped<IUserSessionMaintenance>(scope =>
            new LeaseThief(scope.GetRequiredService<StoreFactory>().CreateMaintenance(scope), victim, database.TakeLeaseAwayAsync));
    });

    // Somewhat more than a batch of it.
    private static async Task<int> AddWorkAsync(TestApp app, string work)
    {
        var purged = PurgeRange.For(app.Database.IsSqlite ? ProviderNames.Sqlite : ProviderNames.Postgres).Rows + 50;
        string[] users = [(await app.CreateUserAsync()).Id, (await app.CreateUserAsync("bob@example.com")).Id];
        object[] rows = work switch
        {
            SweepWork.Expire => [.. Enumerable.Range(0, 250).Select(number => Session(users[0], number, row => row.ExpiresAt = _longAgo.AddDays(14)))],
            SweepWork.Prune => [.. Enumerable.Range(0, 4).Select(number => Session(users[number % 2], number, row => row.ExpiresAt = null))],
            SweepWork.PurgeEnded => [.. Enumerable.Range(0, purged).Select(number => Session(users[0], number, row => (row.EndedAt, row.EndReason) = (row.CreatedAt, SessionEndReason.SignedOut)))],
            SweepWork.PurgeEvents => [.. Enumerable.Range(0, purged).Select(number => Event(_longAgo.AddSeconds(number), userId: null))],
            _ => [.. Enumerable.Range(0, 2).Select(number => Event(app.Time.GetUtcNow().AddHours(-1), $"gone {number}"))],
        };
        await app.InDatabaseAsync(db =>
        {
            db.AddRange(rows);
            return db.SaveChangesAsync();
        });
        return work == SweepWork.Prune ? users.Length : rows.Length;
    }

    private static async Task<int> LeftAsync(TestApp app, string work) => work switch
    {
        SweepWork.Expire => (await app.SessionsAsync()).Count(row => row.EndedAt is null),
        SweepWork.Prune => (await app.SessionsAsync()).Where(row => row.EndedAt is null).GroupBy(row => row.UserId).Sum(rows => rows.Count() - 1),
        SweepWork.PurgeEnded => (await app.SessionsAsync()).Count,
        _ => (await app.EventsAsync()).Count,
    };

    private static int DoneBy(SessionSweepResult result, string work) => work switch
    {
        SweepWork.Expire => result.ExpiredCount,
        SweepWork.Prune => result.PrunedCount,
        SweepWork.PurgeEnded => result.PurgedSessionCount,
        SweepWork.PurgeEvents => result.PurgedEventCount,
        _ => result.ForgottenUserCount,
    };

    private static IdentityUserSession<string> Session(string userId, int number, Action<IdentityUserSession<string>> configure)
    {
        var row = new IdentityUserSession<string>
        {
            Id = Guid.CreateVersion7(_longAgo.AddSeconds(number)),
            UserId = userId,
            KeyDigest = $"key {number}",
            Scheme = "Identity.Application",
            CreatedAt = _longAgo.AddSeconds(number),
            LastSeenAt = _longAgo.AddSeconds(number),
        };
        configure(row);
        return row;
    }

    private static IdentitySessionEvent<string> Event(DateTimeOffset at, string? userId) =>
        new() { Id = Guid.CreateVersion7(at), Kind = SessionEventKind.SignInFailed, UserId = userId, OccurredAt = at };
}
