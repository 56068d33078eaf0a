using System.Diagnostics;
using System.Globalization;
using Sessions.Identity.Stores;

namespace Sessions.Benchmarks.Lifecycle;

/// <summary>What the sweep does to purge old events and old ended rows, and the two bare statements that remove the same rows by the same indexes.</summary>
internal static class SweepCost
{
    private const double Most = 1.5;
    private const int People = 1_000;

    public static async Task<bool> RunAsync(string? postgres, int rounds, int events)
    {
        await using var app = await BenchApp.StartAsync(postgres, "sweep");
        await app.ExecuteAsync(Filling.People(app.IsPostgres, People));
        var (old, young) = (Day(-400), Day(-1));
        await app.ExecuteAsync(Filling.Events(app.IsPostgres, events / 2, People, young)); // what stays
        await app.ExecuteAsync(Filling.Sessions(app.IsPostgres, events / 20, People, young, areEnded: false));

        List<(double Sweep, double Delete)> times = [];
        for (var round = -1; round < rounds; round++)
        {
            var isFirst = round % 2 == 0;
            var before = isFirst ? await DeleteAsync(app, events, old) : 0;
            var sweep = await SweepAsync(app, events, old);
            var pair = (sweep, isFirst ? before : await DeleteAsync(app, events, old));
            if (round >= 0) // the first one compiles the queries
            {
                times.Add(pair);
                Console.Error.WriteLine($"round {round + 1} of {rounds}: {pair}");
            }
        }

        var ratio = Spread.Of(times.Select(time => time.Sweep / time.Delete));
        Say.Line($"{(postgres is null ? "SQLite" : "PostgreSQL")}, {events} events and {events / 10} ended rows: {Spread.Of(times.Select(time => time.Delete)).Median:0} ms DELETE, {Spread.Of(times.Select(time => time.Sweep)).Median:0} ms sweep; {Say.Of(ratio)}; required {Most:0.0}");
        return ratio.Median <= Most;
    }

    private static async Task<double> SweepAsync(BenchApp app, int events, string old)
    {
        await FillAsync(app, events, old);
        var started = Stopwatch.GetTimestamp();
        var purged = await app.InScopeAsync(async services =>
        {
            var store = services.GetRequiredService<IUserSessionMaintenance>();
            var now = TimeProvider.System.GetUtcNow();
            return await CountAsync(store.PurgeEventsAsync(now, CancellationToken.None)) + await CountAsync(store.PurgeEndedAsync(now, CancellationToken.None));
        });
        var time = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return purged == events + (events / 10) ? time : throw new InvalidOperationException($"{purged} rows were purged.");
    }

    private static async Task<int> CountAsync(IAsyncEnumerable<int> batches)
    {
        var count = 0;
        await foreach (var batch in batches)
        {
            count += batch;
        }

        return count;
    }

    private static async Task<double> DeleteAsync(BenchApp app, int events, string old)
    {
        await FillAsync(app, events, old);
        var started = Stopwatch.GetTimestamp();
        var deleted = await app.ExecuteAsync($"""DELETE FROM "AspNetSessionEvents" WHERE "OccurredAt" < '{Day(-365)}'""");
        deleted += await app.ExecuteAsync($"""DELETE FROM "AspNetUserSessions" WHERE "EndedAt" < '{Day(-90)}'""");
        var time = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        return deleted == events + (events / 10) ? time : throw new InvalidOperationException($"{deleted} rows were deleted.");
    }

    private static async Task FillAsync(BenchApp app, int events, string old)
    {
        await app.ExecuteAsync(Filling.Events(app.IsPostgres, events, People, old));
        await app.ExecuteAsync(Filling.Sessions(app.IsPostgres, events / 10, People, old, areEnded: true));
        if (app.IsPostgres)
        {
            await app.ExecuteAsync("VACUUM ANALYZE"); // what the rounds before left behind
        }
    }

    private static string Day(int days) => TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(days).ToString("yyyy-MM-dd 00:00:00", CultureInfo.InvariantCulture);
}
