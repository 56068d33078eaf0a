using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;

namespace Sessions.Benchmarks.Lifecycle;

/// <summary>What one person's pages read, in a database of many others and in one of few. Of the person there is the same in both.</summary>
internal static class PageCost
{
    private const double Most = 1.3;
    private const int Few = 10_000;

    public static async Task<bool> RunAsync(string? postgres, int rounds, int events)
    {
        await using var small = await FilledAsync(postgres, "small", Few);
        await using var large = await FilledAsync(postgres, "large", events);
        var isReached = true;
        foreach (var (what, page) in _pages)
        {
            List<(double Small, double Large)> times = [];
            for (var round = -20; round < rounds; round++)
            {
                var first = round % 2 == 0 ? await MeasureAsync(small, page) : 0;
                var many = await MeasureAsync(large, page);
                var pair = (round % 2 == 0 ? first : await MeasureAsync(small, page), many);
                if (round >= 0)
                {
                    times.Add(pair);
                }
            }

            // The ratio of the middles: a single page is so short that what else the machine does is more than it.
            var (few, all) = (Spread.Of(times.Select(time => time.Small)), Spread.Of(times.Select(time => time.Large)));
            Say.Line($"{(postgres is null ? "SQLite" : "PostgreSQL")}, {what}: {few.Median:0.00} ms at {Few} events, {all.Median:0.00} ms at {events} (least {few.Least:0.00} and {all.Least:0.00}); × {all.Median / few.Median:0.00}; required {Most:0.0}");
            isReached &= all.Median / few.Median <= Most;
        }

        return isReached;
    }

    private static readonly (string, Func<UserManager<IdentityUser>, IdentityUser, Task>)[] _pages =
    [
        ("the devices page", (users, user) => users.GetSessionsAsync(user)),
        ("the first page of the history", (users, user) => users.GetSessionHistoryAsync(user, pageSize: 20)),
        ("a page deep in the history", async (users, user) =>
        {
            _deep ??= await DeepAsync(users, user);
            await users.GetSessionHistoryAsync(user, _deep, pageSize: 20);
        }),
    ];

    private static string? _deep;

    private static async Task<string?> DeepAsync(UserManager<IdentityUser> users, IdentityUser user) =>
        (await users.GetSessionHistoryAsync(user, pageSize: 100)).NextCursor;

    private static Task<double> MeasureAsync(BenchApp app, Func<UserManager<IdentityUser>, IdentityUser, Task> page) => app.InScopeAsync(async services =>
    {
        var users = services.GetRequiredService<UserManager<IdentityUser>>();
        var started = Stopwatch.GetTimestamp();
        await page(users, _person);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    });

    private static readonly IdentityUser _person = new("person@example.com") { Id = "person", Email = "person@example.com", EmailConfirmed = true, NormalizedUserName = "PERSON@EXAMPLE.COM" };

    private static async Task<BenchApp> FilledAsync(string? postgres, string name, int events)
    {
        var started = Stopwatch.GetTimestamp();
        var app = await BenchApp.StartAsync(postgres, name);
        var people = Math.Max(100, events / 100);
        var newest = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-1).ToString("yyyy-MM-dd 00:00:00", CultureInfo.InvariantCulture);
        await app.InDatabaseAsync(async db =>
        {
            db.Add(new IdentityUser("person@example.com") { Id = _person.Id, Email = _person.Email, EmailConfirmed = true });
            return await db.SaveChangesAsync();
        });
        var indexes = app.IsPostgres ? await DropIndexesAsync(app) : [];
        await app.ExecuteAsync(Filling.People(app.IsPostgres, people));
        await app.ExecuteAsync(Filling.Events(app.IsPostgres, events, people, newest));
        await app.ExecuteAsync(Filling.Sessions(app.IsPostgres, events / 10, people, newest, areEnded: false));
        foreach (var index in indexes)
        {
            await app.ExecuteAsync(index);
        }

        // The person: 300 events, 10 of them failures typed against their name, and 20 live sessions, from the whole time that the tables span: among
        // the newest of everybody they would be found without an index of the user too.
        await app.ExecuteAsync($"""UPDATE "AspNetSessionEvents" SET "UserId" = 'person' WHERE "WriteKey" IN ({EachOf("AspNetSessionEvents", "WriteKey", "OccurredAt", events / 300)})""");
        await app.ExecuteAsync($"""UPDATE "AspNetSessionEvents" SET "UserId" = NULL, "Kind" = 'SignInFailed', "Identity" = 'person@example.com', "FailureReason" = 'wrong_password' WHERE "WriteKey" IN ({EachOf("AspNetSessionEvents", "WriteKey", "OccurredAt", 30, """WHERE "UserId" = 'person'""")})""");
        await app.ExecuteAsync($"""UPDATE "AspNetUserSessions" SET "UserId" = 'person' WHERE "Id" IN ({EachOf("AspNetUserSessions", "Id", "CreatedAt", events / 200)})""");
        await app.ExecuteAsync(app.IsPostgres ? "VACUUM ANALYZE" : "ANALYZE");
        Console.Error.WriteLine($"{events} events, {events / 10} sessions, {people} people: filled in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
        return app;
    }

    private static string EachOf(string table, string key, string time, int nth, string where = "") =>
        $"""SELECT "{key}" FROM (SELECT "{key}", row_number() OVER (ORDER BY "{time}") AS "Number" FROM "{table}" {where}) AS "Numbered" WHERE "Number" % {nth} = 0""";

    // To make them once the rows are there is many times faster.
    public static Task<List<string>> DropIndexesAsync(BenchApp app) => app.InDatabaseAsync(async db =>
    {
        var indexes = await db.Database.SqlQuery<string>(
            $"SELECT indexname || '|' || indexdef AS \"Value\" FROM pg_indexes WHERE tablename IN ('AspNetSessionEvents', 'AspNetUserSessions') AND indexname LIKE 'IX%'").ToListAsync();
        foreach (var index in indexes)
        {
            await db.Database.ExecuteSqlRawAsync($"DROP INDEX \"{index.Split('|')[0]}\"");
        }

        return indexes.ConvertAll(index => index[(index.IndexOf('|', StringComparison.Ordinal) + 1)..]);
    });
}
