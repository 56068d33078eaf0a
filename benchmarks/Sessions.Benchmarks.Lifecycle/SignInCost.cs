using System.Diagnostics;
using System.Net;

namespace Sessions.Benchmarks.Lifecycle;

/// <summary>A password sign-in over HTTP, with Sessions and without, a few of each in turn.</summary>
internal static class SignInCost
{
    private const double Most = 1.05;
    private const int SignInsPerRound = 10;
    private const int WarmUpRounds = 15;
    private const int People = 20;

    private static readonly Dictionary<(BenchApp, int), CookieContainer> _jars = [];

    public static async Task<bool> RunAsync(string? postgres, int rounds, int? hashIterations)
    {
        await using var stock = await BenchApp.StartAsync(postgres, "stock", withSessions: false, hashIterations: hashIterations);
        await using var sessions = await BenchApp.StartAsync(postgres, "sessions", hashIterations: hashIterations);
        for (var person = 0; person < People; person++)
        {
            await stock.CreateUserAsync(Name(person));
            await sessions.CreateUserAsync(Name(person));
        }

        var isReached = true;
        foreach (var comesBack in new[] { true, false })
        {
            for (var warm = 0; warm < WarmUpRounds; warm++)
            {
                await MeasureAsync(stock, comesBack);
                await MeasureAsync(sessions, comesBack);
            }

            List<(Cost Stock, Cost Sessions)> costs = [];
            for (var round = 0; round < rounds; round++)
            {
                // In turns that begin with the other one each time.
                var first = round % 2 == 0 ? await MeasureAsync(stock, comesBack) : null;
                var ours = await MeasureAsync(sessions, comesBack);
                costs.Add((first ?? await MeasureAsync(stock, comesBack), ours));
            }

            var what = $"{(postgres is null ? "SQLite" : "PostgreSQL")}, {(comesBack ? "a browser that comes back" : "a new browser")}";
            var time = Spread.Of(costs.Select(cost => cost.Sessions.Time / cost.Stock.Time));
            var processor = Spread.Of(costs.Select(cost => cost.Sessions.Processor / cost.Stock.Processor));
            var (before, after) = (Spread.Of(costs.Select(cost => cost.Stock.Time)), Spread.Of(costs.Select(cost => cost.Sessions.Time)));
            Say.Line($"{what}: {before.Median:0.0} ms stock, {after.Median:0.0} ms with Sessions (least {before.Least:0.0} and {after.Least:0.0}); time {Say.Of(time)}; the app's CPU {Say.Of(processor)}; required {Most:0.00}");
            isReached &= time.Median <= Most;
        }

        return isReached;
    }

    // The middle one of the round's sign-ins: what else the machine does meets single ones.
    private static async Task<Cost> MeasureAsync(BenchApp app, bool comesBack)
    {
        if (app.HasSessions && !comesBack)
        {
            // Nobody has a hundred browsers: beyond the cap each new one would end an old one.
            await app.ExecuteAsync("""DELETE FROM "AspNetUserSessions" WHERE "Id" IN (SELECT "Id" FROM (SELECT "Id", row_number() OVER (PARTITION BY "UserId" ORDER BY "CreatedAt" DESC) AS place FROM "AspNetUserSessions") AS ranked WHERE place > 5)""");
        }

        var times = new List<double>();
        using var process = Process.GetCurrentProcess();
        var processor = process.TotalProcessorTime;
        for (var person = 0; person < SignInsPerRound; person++)
        {
            using var client = Client(app, comesBack ? Cookies(app, person) : new CookieContainer());
            var started = Stopwatch.GetTimestamp();
            (await client.PostAsync(new Uri($"/signin?name={Name(person)}", UriKind.Relative), content: null)).EnsureSuccessStatusCode();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        process.Refresh();
        return new Cost(Spread.Of(times).Median, (process.TotalProcessorTime - processor).TotalMilliseconds);
    }

    private static HttpClient Client(BenchApp app, CookieContainer cookies) => new(new SocketsHttpHandler { CookieContainer = cookies }) { BaseAddress = app.Address };

    private static CookieContainer Cookies(BenchApp app, int person)
    {
        if (!_jars.TryGetValue((app, person), out var jar))
        {
            _jars[(app, person)] = jar = new CookieContainer();
        }

        return jar;
    }

    private static string Name(int person) => $"person{person}@example.com";

    private sealed record Cost(double Time, double Processor);
}
