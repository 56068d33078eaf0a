using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Administration;

namespace Sessions.Benchmarks.Lifecycle;

/// <summary>
/// What the operators' lists and figures cost in a large database, as a ratio to a small one of as many events a day: each page as a browser gets it,
/// and beside it what the page asks the database alone.
/// </summary>
internal static class OperatorCost
{
    private const double Most = 1.5;
    private const int Few = 100_000;
    private const string Operator = "operator@example.com";

    public static async Task<bool> RunAsync(string postgres, int rounds, int events, string? keep, string? only, bool explain)
    {
        var explaining = new Explaining();
        await using var small = await FilledAsync(postgres, "operators_small", Few, keep, explain ? explaining : null);
        await using var large = await FilledAsync(postgres, "operators_large", events, keep, explain ? explaining : null);
        var isReached = true;
        foreach (var question in OperatorQuestion.All().Where(question => only is null || question.What.Contains(only, StringComparison.OrdinalIgnoreCase)))
        {
            if (explain)
            {
                await ExplainAsync(explaining, small, question);
                await ExplainAsync(explaining, large, question);
                continue;
            }

            var (rows, manyRows) = (await small.AskAsync(question), await large.AskAsync(question));
            var page = await CompareAsync(rounds, () => small.GetAsync(question), () => large.GetAsync(question));
            var asked = await CompareAsync(rounds, () => small.AskAsync(question), () => large.AskAsync(question));
            Say.Line($"{question.What} | {rows} | {manyRows} | page {page}{(page.Ratio > Most ? " MISSED" : string.Empty)} | asked {asked}");
            isReached &= page.Ratio <= Most;
        }

        return isReached;
    }

    private static async Task ExplainAsync(Explaining explaining, Side side, OperatorQuestion question)
    {
        await side.AskAsync(question);
        Console.WriteLine($"--- {question.What}: {side.Place.Events}");
        explaining.IsOn = true;
        await side.AskAsync(question);
        explaining.IsOn = false;
    }

    // In turns that begin with the other one each time, after a few that don't count.
    private static async Task<Compared> CompareAsync(int rounds, Func<Task> small, Func<Task> large)
    {
        List<(double Small, double Large)> times = [];
        for (var round = -3; round < rounds; round++)
        {
            var first = round % 2 == 0 ? await MeasureAsync(small) : 0;
            var many = await MeasureAsync(large);
            var pair = (round % 2 == 0 ? first : await MeasureAsync(small), many);
            if (round >= 0)
            {
                times.Add(pair);
            }
        }

        return new Compared(Spread.Of(times.Select(time => time.Small)), Spread.Of(times.Select(time => time.Large)));
    }

    private static async Task<double> MeasureAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static async Task<Side> FilledAsync(string postgres, string name, int events, string? keep, Explaining? explaining)
    {
        var started = Stopwatch.GetTimestamp();
        var app = await BenchApp.StartAsync(postgres, name, keep: keep, explaining: explaining, withPages: true);
        if (app.IsNew)
        {
            await FillAsync(app, events, TimeProvider.System.GetUtcNow());
            Console.Error.WriteLine($"{events} events, {events / OperatorFilling.EventsPerSession} sessions, {events / 100} people: filled in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
        }

        var newest = await app.InDatabaseAsync(db => db.Database.SqlQuery<DateTimeOffset>($"""SELECT max("OccurredAt") AS "Value" FROM "AspNetSessionEvents" """).SingleAsync());
        if (!await app.InDatabaseAsync(db => db.Users.AnyAsync(user => user.UserName == Operator)))
        {
            await app.CreateUserAsync(Operator);
        }

        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = app.Address };
        (await client.PostAsync(new Uri($"/signin?name={Operator}", UriKind.Relative), content: null)).EnsureSuccessStatusCode();
        return new Side(app, client, new OperatorPlace(events, newest));
    }

    private static async Task FillAsync(BenchApp app, int events, DateTimeOffset newest)
    {
        var people = events / 100;
        foreach (var function in OperatorFilling.Functions(newest.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss+00", CultureInfo.InvariantCulture)))
        {
            await app.ExecuteAsync(function);
        }

        var indexes = await PageCost.DropIndexesAsync(app);
        await app.ExecuteAsync(OperatorFilling.People(people));
        await app.ExecuteAsync(OperatorFilling.Events(events, people));
        await app.ExecuteAsync(OperatorFilling.Sessions(events / OperatorFilling.EventsPerSession, people));
        foreach (var index in indexes)
        {
            await app.ExecuteAsync($"SET maintenance_work_mem = '1GB'; {index}");
        }

        // One person has the same in both.
        await app.ExecuteAsync("""INSERT INTO "AspNetUsers" ("Id", "UserName", "NormalizedUserName", "Email", "NormalizedEmail", "EmailConfirmed", "PhoneNumberConfirmed", "TwoFactorEnabled", "LockoutEnabled", "AccessFailedCount") VALUES ('person', 'person@example.com', 'PERSON@EXAMPLE.COM', 'person@example.com', 'PERSON@EXAMPLE.COM', true, false, false, false, 0)""");
        await app.ExecuteAsync("""UPDATE "AspNetSessionEvents" SET "UserId" = 'person' WHERE "WriteKey" IN (SELECT 'fill:' || n * 300 FROM generate_series(1, 300) AS n) AND "Kind" <> 'SignInFailed'""");
        await app.ExecuteAsync("""UPDATE "AspNetSessionEvents" SET "Identity" = 'person@example.com' WHERE "WriteKey" IN (SELECT 'fill:' || n * 301 FROM generate_series(1, 300) AS n) AND "Kind" = 'SignInFailed'""");
        await app.ExecuteAsync("""UPDATE "AspNetUserSessions" SET "UserId" = 'person' WHERE "Id" IN (SELECT id_of(n * 500, 'session') FROM generate_series(1, 40) AS n)""");
        await app.ExecuteAsync("VACUUM ANALYZE");
    }

    private sealed record Compared(Spread Small, Spread Large)
    {
        public double Ratio => Large.Median / Small.Median;

        public override string ToString() => FormattableString.Invariant($"{Small.Median:0.0} ms ({Small.Least:0.0}), {Large.Median:0.0} ms ({Large.Least:0.0}), × {Ratio:0.00}");
    }

    private sealed record Side(BenchApp App, HttpClient Client, OperatorPlace Place) : IAsyncDisposable
    {
        public Task<string> AskAsync(OperatorQuestion question) => App.InScopeAsync(services =>
            question.AskAsync(new OperatorDesk(services.GetRequiredService<SessionAdministration>(), Place)));

        public async Task GetAsync(OperatorQuestion question)
        {
            using var answer = await Client.GetAsync(new Uri(question.Address(Place), UriKind.Relative));
            answer.EnsureSuccessStatusCode();
            await answer.Content.ReadAsByteArrayAsync();
        }

        public ValueTask DisposeAsync()
        {
            Client.Dispose();
            return App.DisposeAsync();
        }
    }
}
