using System.Diagnostics;
using System.Net;

namespace Sessions.Benchmarks.Lifecycle;

/// <summary>A password sign-in over HTTP, with Sessions and without, one of each in turns.</summary>
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
                await MeasureAsync(stock, sessions, comesBack);
            }

            List<(Cost Stock, Cost Sessions)> costs = [];
            List<double> added = [];
            for (var round = 0; round < rounds; round++)
            {
                costs.Add(await MeasureAsync(stock, sessions, comesBack, added));
            }

            var what = $"{(postgres is null ? "SQLite" : "PostgreSQL")}, {(comesBack ? "a browser that comes back" : "a new browser")}";
            var time = Spread.Of(costs.Select(cost => cost.Sessions.Time / cost.Stock.Time));
            var processor = Spread.Of(costs.Select(cost => cost.Sessions.Processor / cost.Stock.Processor));
            var (before, after) = (Spread.Of(costs.Select(cost => cost.Stock.Time)), Spread.Of(costs.Select(cost => cost.Sessions.Time)));
            Say.Line($"{what}: {before.Median:0.0} ms stock, {after.Median:0.0} ms with Sessions (least {before.Least:0.0} and {after.Least:0.0}), {Spread.Of(added).Median:0.0} ms more from one to the next; time {Say.Of(time)}; the app's CPU {Say.Of(processor)}; required {Most:0.00}");
            isReached &= time.Median <= Most;
        }

        return isReached;
    }

    // One of each in turns, so that what else the machine does meets both; and the middle ones of a round, as it meets single ones too.
    private static async Task<(Cost Stock, Cost Sessions)> MeasureAsync(BenchApp stock, BenchApp sessions, bool comesBack, List<double>? added = null)
    {
        if (!comesBack)
        {
            // Nobody has a hundred browsers: beyond the cap each new one would end an old one.
            await sessions.ExecuteAsync("""DELETE FROM "AspNetUserSessions" WHERE "Id" IN (SELECT "Id" FROM (SELECT "Id", row_number() OVER (PARTITION BY "UserId" ORDER BY "CreatedAt" DESC) AS place FROM "AspNetUserSessions") AS ranked WHERE place > 5)""");
        }

        List<Cost> before = [];
        List<Cost> after = [];
        for (var person = 0; person < SignInsPerRound; person++)
        {
            var isFirst = person % 2 == 0;
            if (isFirst)
            {
                before.Add(await SignInAsync(stock, person, comesBack));
            }

            after.Add(await SignInAsync(sessions, person, comesBack));
            if (!isFirst)
            {
                before.Add(await SignInAsync(stock, person, comesBack));
            }
        }

        added?.AddRange(after.Zip(before, (ours, theirs) => ours.Time - theirs.Time));
        return (Middle(before), Middle(after));
    }

    private static Cost Middle(List<Cost> costs) => new(Spread.Of(costs.Select(cost => cost.Time)).Median, costs.Sum(cost => cost.Processor));

    private static async Task<Cost> SignInAsync(BenchApp app, int person, bool comesBack)
    {
        using var client = Client(app, comesBack ? Cookies(app, person) : new CookieContainer());
        using var process = Process.GetCurrentProcess();
        var processor = process.TotalProcessorTime;
        var started = Stopwatch.GetTimestamp();
        (await client.PostAsync(new Uri($"/signin?name={Name(person)}", UriKind.Relative), content: null)).EnsureSuccessStatusCode();
        var time = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        process.Refresh();
        return new Cost(time, (process.TotalProcessorTime - processor).TotalMilliseconds);
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
