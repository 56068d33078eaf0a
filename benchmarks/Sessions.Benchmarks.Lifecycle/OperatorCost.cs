using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.Identity.Administration;
using Sessions.Identity.Stores;

namespace Sessions.Benchmarks.Lifecycle;

/// <summary>What the operators' lists and figures cost in a large database, as a ratio to a small one of as many events a day.</summary>
internal static class OperatorCost
{
    private const double Most = 1.5;
    private const int Few = 100_000;
    private const int PerPage = 50;

    public static async Task<bool> RunAsync(string postgres, int rounds, int events, string? keep, string? only, bool explain)
    {
        var explaining = new Explaining();
        await using var small = await FilledAsync(postgres, "operators_small", Few, keep, explain ? explaining : null);
        await using var large = await FilledAsync(postgres, "operators_large", events, keep, explain ? explaining : null);
        var isReached = true;
        foreach (var (what, ask) in Questions(events).Where(question => only is null || question.What.Contains(only, StringComparison.OrdinalIgnoreCase)))
        {
            var (rows, manyRows) = (await AnswerAsync(small, ask, Few), await AnswerAsync(large, ask, events));
            if (explain)
            {
                explaining.IsOn = true;
                Console.WriteLine($"--- {what}: {Few}");
                await AnswerAsync(small, ask, Few);
                Console.WriteLine($"--- {what}: {events}");
                await AnswerAsync(large, ask, events);
                explaining.IsOn = false;
                continue;
            }

            List<(double Small, double Large)> times = [];
            for (var round = -3; round < rounds; round++)
            {
                var first = round % 2 == 0 ? await MeasureAsync(small, ask, Few) : 0;
                var many = await MeasureAsync(large, ask, events);
                var pair = (round % 2 == 0 ? first : await MeasureAsync(small, ask, Few), many);
                if (round >= 0)
                {
                    times.Add(pair);
                }
            }

            var (few, all) = (Spread.Of(times.Select(time => time.Small)), Spread.Of(times.Select(time => time.Large)));
            var ratio = all.Median / few.Median;
            Say.Line($"{what} | {few.Median:0.0} ms ({few.Least:0.0}), {rows} | {all.Median:0.0} ms ({all.Least:0.0}), {manyRows} | × {ratio:0.00}{(ratio > Most ? " MISSED" : string.Empty)}");
            isReached &= ratio <= Most;
        }

        return isReached;
    }

    private sealed record Asked(SessionAdministration Administration, int Events, DateTimeOffset Newest)
    {
        public static DateTimeOffset NewestOf { get; set; }

        // The instant of an event by its number: in the middle of whatever the database holds.
        public HistoryCursor Middle => new(Newest.AddDays(-Events / 2.0 / OperatorFilling.EventsPerDay), Guid.AllBitsSet);

        public async Task<string> EventsAsync(SessionEventSearch search, bool deep = false)
        {
            var page = await Administration.SearchEventsAsync(search, deep ? Middle.ToString() : null, PerPage, CancellationToken.None);
            await Administration.NamesOfAsync(page.Events.Select(row => row.UserId), CancellationToken.None);
            return $"{page.Events.Count} rows{(page.NextCursor is null ? string.Empty : "+")}";
        }

        public async Task<string> SessionsAsync(UserSessionSearch search, bool deep = false)
        {
            var page = await Administration.SearchSessionsAsync(search, deep ? Middle.ToString() : null, PerPage, CancellationToken.None);
            await Administration.NamesOfAsync(page.Sessions.Select(row => row.UserId), CancellationToken.None);
            return $"{page.Sessions.Count} rows{(page.NextCursor is null ? string.Empty : "+")}";
        }

        public async Task<string> CountAsync(UserSessionSearch search)
        {
            var (count, areMore) = await Administration.CountSomeAsync(search, CancellationToken.None);
            return $"{count.Sessions} of {count.Users}{(areMore ? "+" : string.Empty)}";
        }

        public async Task<string> FindAsync(string text) => $"{(await Administration.FindUsersAsync(text, CancellationToken.None)).Count} people";
    }

    private static (string What, Func<Asked, Task<string>> Ask)[] Questions(int events)
    {
        IPNetwork one = IPNetwork.Parse("198.51.100.7/32"), hammering = IPNetwork.Parse("198.51.100.0/24"), quiet = IPNetwork.Parse("198.18.7.0/24"), wide = IPNetwork.Parse("64.0.0.0/8"), some = IPNetwork.Parse("64.8.0.0/13");
        SessionEventSearch all = new(), failed = new() { Kind = SessionEventKind.SignInFailed };
        UserSessionSearch live = new(), ended = new() { IncludeEnded = true };
        return
        [
            ("overview", async asked =>
            {
                var overview = await asked.Administration.GetOverviewAsync(CancellationToken.None);
                return $"{overview.Hours.Sum(hour => hour.SignIns + hour.Failures + hour.Revocations)} events";
            }),
            ("people: by the beginning of a name", asked => asked.FindAsync("a1")),
            ("people: by a whole address", asked => asked.FindAsync("person@example.com")),
            ("people: by id", asked => asked.FindAsync("user77")),
            ("people: nobody", asked => asked.FindAsync("zz-nobody")),
            ("person: sessions, trail, failures", async asked =>
            {
                var sessions = await asked.Administration.SearchSessionsAsync(new UserSessionSearch { UserId = "person" }, null, 20, CancellationToken.None);
                var trail = await asked.Administration.SearchEventsAsync(new SessionEventSearch { UserId = "person" }, null, 20, CancellationToken.None);
                var failures = await asked.Administration.FailuresOfAsync("person", 20, CancellationToken.None);
                return $"{sessions.Sessions.Count + trail.Events.Count + failures.Count} rows";
            }),
            ("sessions: live", asked => asked.SessionsAsync(live)),
            ("sessions: live, deep", asked => asked.SessionsAsync(live, deep: true)),
            ("sessions: and ended", asked => asked.SessionsAsync(ended)),
            ("sessions: begun before the middle", asked => asked.SessionsAsync(live with { Before = asked.Middle.OccurredAt })),
            ("sessions: begun since the middle", asked => asked.SessionsAsync(live with { From = asked.Middle.OccurredAt })),
            ("sessions: by address", asked => asked.SessionsAsync(live with { Network = one })),
            ("sessions: by a hammering /24", asked => asked.SessionsAsync(live with { Network = hammering })),
            ("sessions: by a quiet /24", asked => asked.SessionsAsync(live with { Network = quiet })),
            ("sessions: by a /8", asked => asked.SessionsAsync(live with { Network = wide })),
            ("sessions: by country", asked => asked.SessionsAsync(live with { CountryCode = "ES" })),
            ("sessions: by a rare country", asked => asked.SessionsAsync(live with { CountryCode = "IS" })),
            ("sessions: by a country of nobody", asked => asked.SessionsAsync(live with { CountryCode = "XX" })),
            ("sessions: by device", asked => asked.SessionsAsync(live with { Device = "firefox windows" })),
            ("sessions: by a rare device", asked => asked.SessionsAsync(live with { Device = "konqueror" })),
            ("sessions: by method", asked => asked.SessionsAsync(live with { Method = SignInMethod.Passkey })),
            ("sessions: by a method of nobody", asked => asked.SessionsAsync(live with { Method = SignInMethod.MagicLink })),
            ("sessions: country, device, method", asked => asked.SessionsAsync(live with { CountryCode = "DE", Device = "safari", Method = SignInMethod.Passkey })),
            ("events: all", asked => asked.EventsAsync(all)),
            ("events: all, deep", asked => asked.EventsAsync(all, deep: true)),
            ("events: by identity", asked => asked.EventsAsync(all with { Identity = "admin@example.com" })),
            ("events: by identity, deep", asked => asked.EventsAsync(all with { Identity = "admin@example.com" }, deep: true)),
            ("events: by identity, rare reason", asked => asked.EventsAsync(all with { Identity = "admin@example.com", FailureReason = SignInFailureReason.NotAllowed })),
            ("events: by an identity of nobody", asked => asked.EventsAsync(all with { Identity = "zz" })),
            ("events: by address", asked => asked.EventsAsync(all with { Network = one })),
            ("events: by address, deep", asked => asked.EventsAsync(all with { Network = one }, deep: true)),
            ("events: by a hammering /24", asked => asked.EventsAsync(all with { Network = hammering })),
            ("events: by a hammering /24, deep", asked => asked.EventsAsync(all with { Network = hammering }, deep: true)),
            ("events: by a quiet /24", asked => asked.EventsAsync(all with { Network = quiet })),
            ("events: by a /24 of nobody", asked => asked.EventsAsync(all with { Network = IPNetwork.Parse("192.0.2.0/24") })),
            ("events: by a /8", asked => asked.EventsAsync(all with { Network = wide })),
            ("events: by a /13", asked => asked.EventsAsync(all with { Network = some })),
            ("events: by kind", asked => asked.EventsAsync(failed)),
            ("events: by kind, deep", asked => asked.EventsAsync(failed, deep: true)),
            ("events: by a kind of nobody", asked => asked.EventsAsync(all with { Kind = SessionEventKind.StepUp })),
            ("events: by reason", asked => asked.EventsAsync(all with { FailureReason = SignInFailureReason.LockedOut })),
            ("events: by a rare reason", asked => asked.EventsAsync(all with { FailureReason = SignInFailureReason.RateLimited })),
            ("events: by kind and a rare reason", asked => asked.EventsAsync(failed with { FailureReason = SignInFailureReason.RateLimited })),
            ("events: by country", asked => asked.EventsAsync(all with { CountryCode = "ES" })),
            ("events: by a rare country", asked => asked.EventsAsync(all with { CountryCode = "IS" })),
            ("events: by a country of nobody", asked => asked.EventsAsync(all with { CountryCode = "XX" })),
            ("events: by a country of nobody, deep", asked => asked.EventsAsync(all with { CountryCode = "XX" }, deep: true)),
            ("events: by device", asked => asked.EventsAsync(all with { Device = "firefox windows" })),
            ("events: by a rare device", asked => asked.EventsAsync(all with { Device = "konqueror" })),
            ("events: by method", asked => asked.EventsAsync(all with { Method = SignInMethod.Passkey })),
            ("events: new devices", asked => asked.EventsAsync(all with { Oddity = SessionOddity.NewDevice })),
            ("events: impossible travel", asked => asked.EventsAsync(all with { Oddity = SessionOddity.ImpossibleTravel })),
            ("events: kind, country, device, 24 hours", asked => asked.EventsAsync(failed with { CountryCode = "US", Device = "chrome", From = asked.Newest.AddDays(-1) })),
            ("events: kind, rare country, 7 days", asked => asked.EventsAsync(failed with { CountryCode = "IS", From = asked.Newest.AddDays(-7) })),
            ("events: /24, kind, reason", asked => asked.EventsAsync(failed with { Network = hammering, FailureReason = SignInFailureReason.LockedOut })),
            ("an ending's count: quiet /24", asked => asked.CountAsync(live with { Network = quiet })),
            ("an ending's count: hammering /24", asked => asked.CountAsync(live with { Network = hammering })),
            ("an ending's count: a person", asked => asked.CountAsync(live with { UserId = "person" })),
            ("an ending's count: country", asked => asked.CountAsync(live with { CountryCode = "ES" })),
            ("an ending's count: a country of nobody", asked => asked.CountAsync(live with { CountryCode = "XX" })),
            ("an ending's count: everybody", asked => asked.CountAsync(live)),
        ];
    }

    private static Task<string> AnswerAsync(BenchApp app, Func<Asked, Task<string>> ask, int events) => app.InScopeAsync(services =>
        ask(new Asked(services.GetRequiredService<SessionAdministration>(), events, Asked.NewestOf)));

    private static Task<double> MeasureAsync(BenchApp app, Func<Asked, Task<string>> ask, int events) => app.InScopeAsync(async services =>
    {
        var asked = new Asked(services.GetRequiredService<SessionAdministration>(), events, Asked.NewestOf);
        var started = Stopwatch.GetTimestamp();
        await ask(asked);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    });

    private static async Task<BenchApp> FilledAsync(string postgres, string name, int events, string? keep, Explaining? explaining)
    {
        var started = Stopwatch.GetTimestamp();
        var app = await BenchApp.StartAsync(postgres, name, keep: keep, explaining: explaining);
        if (app.IsNew)
        {
            await FillAsync(app, events, TimeProvider.System.GetUtcNow());
            Console.Error.WriteLine($"{events} events, {events / OperatorFilling.EventsPerSession} sessions, {events / 100} people: filled in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
        }

        Asked.NewestOf = await app.InDatabaseAsync(db => db.Database.SqlQuery<DateTimeOffset>($"""SELECT max("OccurredAt") AS "Value" FROM "AspNetSessionEvents" """).SingleAsync());
        return app;
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
}
