using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Lifecycle;

/// <summary>People who are to be forgotten, the ways to do that, and what must be left of them: nothing.</summary>
internal static class Forgotten
{
    public const string ByHand = "by hand";
    public const string Deleted = "deleted";
    public const string Unlinked = "deleted and unlinked";
    public const string Swept = "deleted by SQL";
    public const string SweptUnlinked = "deleted by SQL and unlinked";

    public static TheoryData<string, string> EveryWay
    {
        get
        {
            string[] ways = [ByHand, Deleted, Unlinked, Swept, SweptUnlinked];
            return [.. ways.SelectMany(way => new[] { ("sqlite", way), ("postgres", way) })];
        }
    }

    public static Task<TestApp> StartAsync(TestDatabase database, string way, params IInterceptor[] interceptors) => TestApp.StartAsync(setup =>
    {
        setup.Database = database;
        setup.Options = options =>
        {
            options.OnUserDeleted = way is Unlinked or SweptUnlinked ? DeletedUserMode.KeepUnlinked : DeletedUserMode.Erase;
            options.TrackingTimeout = TimeSpan.FromMinutes(1); // the machines that run this are slower than any app's
        };
        setup.ConfigureContext = (services, own) => services.AddDbContext<TestDb>(db =>
        {
            own.Use(db);
            db.AddInterceptors(interceptors);
        });
    });

    public static async Task ForgetAsync(this TestApp app, IdentityUser user, string way)
    {
        switch (way)
        {
            case ByHand:
                await app.WithUsersAsync(async users =>
                {
                    await users.ForgetSessionsAsync(user);
                    return true;
                });
                return;
            case Deleted or Unlinked:
                await app.WithUsersAsync(async users => await users.DeleteAsync((await users.FindByIdAsync(user.Id))!));
                return;
            default:
                await app.DeleteBySqlAsync(user);
                await app.SweepAsync();
                return;
        }
    }

    /// <summary>Deletes an account behind the app's back, so long ago that the sweep sees it.</summary>
    public static async Task DeleteBySqlAsync(this TestApp app, IdentityUser user)
    {
        await app.Database.ExecuteAsync($"""DELETE FROM "AspNetUsers" WHERE "Id" = '{user.Id}'""");
        app.Time.Advance(TimeSpan.FromMinutes(2));
    }

    /// <summary>Adds events of one second each, as a long history has them.</summary>
    public static Task AddEventsAsync(this TestApp app, int count, string kind, string? userId = null, string? actorId = null, string? identity = null)
    {
        var newest = app.Time.Start.UtcDateTime.AddDays(-1).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        const string Into = """INSERT INTO "AspNetSessionEvents" ("Id", "Kind", "UserId", "ActorId", "Identity", "IsNewDevice", "IsImpossibleTravel", "OccurredAt")""";
        var what = $"'{kind}', {Text(userId)}, {Text(actorId)}, {Text(identity)}";
        return app.Database.ExecuteAsync(app.Database.IsSqlite
            ? $"""
                WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count})
                {Into} SELECT printf('%08X-%s-7000-8000-%s', n, hex(randomblob(2)), hex(randomblob(6))), {what}, 0, 0, strftime('%Y-%m-%d %H:%M:%S', '{newest}', '-' || n || ' seconds') FROM numbers
                """
            : $"""
                {Into} SELECT gen_random_uuid(), {what}, false, false, timestamptz '{newest}+00' - n * interval '1 second' FROM generate_series(1, {count}) AS n
                """);
    }

    /// <summary>Nothing that is kept names the person, in whatever column.</summary>
    public static async Task AssertNothingNamesAsync(this TestApp app, IdentityUser user)
    {
        Assert.DoesNotContain(await app.SessionsAsync(), row => row.UserId == user.Id || row.EndedBy == user.Id);
        Assert.DoesNotContain(
            await app.EventsAsync(), row => row.UserId == user.Id || row.ActorId == user.Id || row.Identity == user.UserName || row.Metadata?.Contains(user.UserName!, StringComparison.Ordinal) == true);
        var leases = await app.InDatabaseAsync(db => db.Set<IdentitySessionLease>().AsNoTracking().ToListAsync());
        Assert.DoesNotContain(leases, row => row.LastResult?.Contains(user.Id, StringComparison.Ordinal) == true);
    }

    private static string Text(string? value) => value is null ? "NULL" : $"'{value}'";
}
