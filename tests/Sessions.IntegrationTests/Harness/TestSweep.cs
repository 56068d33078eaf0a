using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.Identity.Stores;

namespace Sessions.IntegrationTests.Harness;

/// <summary>The sweep, called by hand, and what it may find.</summary>
internal static class TestSweep
{
    public static Task<SessionSweepResult?> TrySweepAsync(this TestApp app) =>
        app.InScopeAsync(services => services.GetRequiredService<UserSessionSweeper>().SweepAsync());

    public static async Task<SessionSweepResult> SweepAsync(this TestApp app)
    {
        var result = await app.TrySweepAsync();
        Assert.NotNull(result);
        return result;
    }

    /// <summary>Makes everything that is kept so much older, without turning the clock.</summary>
    public static Task<int> AgeAsync(this TestApp app, TimeSpan by) => app.InDatabaseAsync(async db =>
    {
        foreach (var session in await db.Set<IdentityUserSession<string>>().AsNoTracking().ToListAsync())
        {
            await db.Set<IdentityUserSession<string>>().Where(row => row.Id == session.Id).ExecuteUpdateAsync(row => row
                .SetProperty(one => one.CreatedAt, session.CreatedAt - by)
                .SetProperty(one => one.LastSeenAt, session.LastSeenAt - by)
                .SetProperty(one => one.ExpiresAt, session.ExpiresAt - by)
                .SetProperty(one => one.EndedAt, session.EndedAt - by));
        }

        foreach (var happened in await db.Set<IdentitySessionEvent<string>>().AsNoTracking().ToListAsync())
        {
            await db.Set<IdentitySessionEvent<string>>().Where(row => row.Id == happened.Id).ExecuteUpdateAsync(row => row
                .SetProperty(one => one.OccurredAt, happened.OccurredAt - by));
        }

        return 0;
    });

    /// <summary>Adds rows like the one that is there, a moment younger each.</summary>
    public static Task<int> CopySessionAsync(this TestApp app, int copies) => app.InDatabaseAsync(async db =>
    {
        var row = await db.Set<IdentityUserSession<string>>().AsNoTracking().SingleAsync();
        for (var copy = 0; copy < copies; copy++)
        {
            row = Copy(row);
            row.Id = Guid.CreateVersion7(row.CreatedAt);
            row.KeyDigest = $"copy {copy}";
            row.CreatedAt += TimeSpan.FromMilliseconds(1);
            db.Add(row);
        }

        return await db.SaveChangesAsync();
    });

    /// <summary>Sweeps as a node that dies after its first batch: nothing is given back, its connection is gone.</summary>
    public static async Task KillMidSweepAsync(this TestApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<IUserSessionMaintenance>();
        var lease = await store.TryLeaseAsync(CancellationToken.None);
        Assert.NotNull(lease);
        await foreach (var batch in store.ExpireAsync(app.Time.GetUtcNow(), CancellationToken.None))
        {
            Assert.NotEmpty(batch);
            break;
        }

        if (!app.Database.IsSqlite)
        {
            await app.TakeLeaseAwayAsync();
        }
    }

    /// <summary>Does to a lease what a dead connection or a node with another clock does.</summary>
    public static Task TakeLeaseAwayAsync(this TestApp app) => app.Database.TakeLeaseAwayAsync();

    /// <summary>Does to a lease what a dead connection or a node with another clock does.</summary>
    public static Task TakeLeaseAwayAsync(this TestDatabase database) => database.ExecuteAsync(database.IsSqlite
        ? "UPDATE AspNetSessionLeases SET Owner = 'another'"
        : "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");

    private static IdentityUserSession<string> Copy(IdentityUserSession<string> row)
    {
        var copy = new IdentityUserSession<string>();
        foreach (var column in typeof(IdentityUserSession<string>).GetProperties())
        {
            column.SetValue(copy, column.GetValue(row));
        }

        return copy;
    }
}
