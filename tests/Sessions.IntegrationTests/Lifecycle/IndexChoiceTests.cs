using System.Collections.Concurrent;
using System.Data.Common;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;
using Sessions.IntegrationTests.Locations;

namespace Sessions.IntegrationTests.Lifecycle;

/// <summary>
/// Which index SQLite takes for what is asked of one person. Apps hardly ever have it make statistics, and without them it takes an index of few
/// kinds of events for as good as one of many people: that would be a walk past everybody's.
/// </summary>
public sealed partial class IndexChoiceTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_asked_of_one_person_never_walks_past_everybodys_events(bool hasStatistics)
    {
        await using var database = TestDatabase.Sqlite();
        var asked = new AskedCommands();
        await using var app = await StartAsync(database, asked);
        var user = await app.CreateUserAsync();
        if (hasStatistics)
        {
            await FillAsync(app);
        }

        await LiveAsync(app, user);

        var plans = await ExplainAsync(app, asked);
        Assert.True(plans.Count > 20, $"only {plans.Count} questions");
        Assert.All(plans, plan => Assert.False(WalksPastEverybody(plan), $"{string.Join(Environment.NewLine, plan.Steps)}{Environment.NewLine}{plan.Sql}"));
    }

    private static Task<TestApp> StartAsync(TestDatabase database, AskedCommands asked) => TestApp.StartAsync(setup =>
    {
        setup.Database = database;
        setup.ConfigureServices = services => services.AddSingleton<IIpGeolocator>(new Places());
        setup.Options = options =>
        {
            options.IpAddressResolver = _ => IPAddress.Parse(Places.InMadrid);
            options.RepeatedFailures = new RepeatedFailuresOptions { Threshold = 2, Window = TimeSpan.FromHours(1) };
            options.Events.OnRepeatedFailures = _ => Task.CompletedTask;
        };
        setup.ConfigureContext = (services, own) => services.AddDbContext<TestDb>(db =>
        {
            own.Use(db);
            db.AddInterceptors(asked);
        });
        setup.ConfigureEndpoints = endpoints =>
        {
            AccountEndpoints.Map(endpoints);
            endpoints.MapGet("/last", async (HttpContext context) => await context.GetLastSignInAsync());
            endpoints.MapGet("/part", async (ICurrentUserSessions own, SessionEventGroup show, string? cursor) =>
                (await own.FilterHistoryAsync(new SessionHistoryFilter { Group = show }, cursor, 2)).NextCursor ?? string.Empty);
            endpoints.MapGet("/days", (ICurrentUserSessions own) => own.GetSignInDaysAsync());
            endpoints.MapGet("/mine", (ICurrentUserSessions own) => own.ListAsync());
        };
    });

    // As it is after some time: many people's sign-ins, which carry no typed identity, and hardly any failures.
    private static Task<int> FillAsync(TestApp app) => app.InDatabaseAsync(async db =>
    {
        db.AddRange(Enumerable.Range(0, 5_000).Select(number => new IdentitySessionEvent<string>
        {
            Id = Guid.CreateVersion7(),
            Kind = number % 1_000 == 0 ? SessionEventKind.SignedOut : SessionEventKind.SignedIn,
            UserId = $"user{number % 500}",
            DeviceId = $"device{number % 900}",
            SessionId = Guid.CreateVersion7(),
            OccurredAt = app.Time.GetUtcNow() - TimeSpan.FromMinutes(number),
        }));
        await db.SaveChangesAsync();
        return await db.Database.ExecuteSqlRawAsync("ANALYZE");
    });

    private static async Task LiveAsync(TestApp app, IdentityUser user)
    {
        var (device, phone) = (app.NewDevice(), app.NewDevice(Device.SafariOnIPhone));
        foreach (var password in new[] { "wrong", "wrong", TestApp.Password, TestApp.Password })
        {
            await device.SignInAsync(password: password);
        }

        await phone.SignInAsync();
        await device.GetAsync("/last");
        foreach (var show in Enum.GetValues<SessionEventGroup>())
        {
            using var first = await device.GetAsync($"/part?show={show}");
            await device.GetAsync($"/part?show={show}&cursor={await first.Content.ReadAsStringAsync()}");
        }

        await device.GetAsync("/days");
        await device.GetAsync("/mine");
        await app.WithUsersAsync(users => users.GetSessionsPersonalDataAsync(user));
        await device.PostAsync("/revoke-others");
        await device.PostAsync("/change/password");
        await device.PostAsync("/signout");
        await Eventually.TrueAsync(
            async () => await app.InDatabaseAsync(db => db.Set<IdentitySessionLease>().AnyAsync(row => row.Name.StartsWith("failures:"))), "the failures are counted");
        await app.WithUsersAsync(async users =>
        {
            await users.ForgetSessionsAsync(user);
            return true;
        });
    }

    private static Task<List<Plan>> ExplainAsync(TestApp app, AskedCommands asked) => app.InDatabaseAsync(async db =>
    {
        await db.Database.OpenConnectionAsync();
        List<Plan> plans = [];
        foreach (var (sql, parameters) in asked.OfTrailAndRegistry)
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"EXPLAIN QUERY PLAN {sql}";
            foreach (var (name, value) in parameters)
            {
                command.Parameters.Add(new SqliteParameter(name, value));
            }

            List<string> steps = [];
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                steps.Add(reader.GetString(3));
            }

            plans.Add(new Plan(sql, steps));
        }

        return plans;
    });

    // Whole tables, and the indexes that have few values or time alone in front.
    private static bool WalksPastEverybody(Plan plan)
    {
        var ours = OurAlias().Matches(plan.Sql).Select(match => match.Groups[1].Value).ToHashSet();
        return plan.Steps.Any(step =>
            step.Contains("IX_AspNetSessionEvents_Kind", StringComparison.Ordinal)
            || step.Contains("IX_AspNetSessionEvents_OccurredAt", StringComparison.Ordinal)
            || step.Contains("IX_AspNetUserSessions_CreatedAt", StringComparison.Ordinal)
            || step.Contains("IX_AspNetUserSessions_EndedAt", StringComparison.Ordinal)
            || (step.StartsWith("SCAN ", StringComparison.Ordinal) && ours.Contains(step.Split(' ')[1])));
    }

    [GeneratedRegex("""(?:"AspNetSessionEvents"|"AspNetUserSessions")(?: AS "(\w+)")?""")]
    private static partial Regex OurAlias();

    private sealed record Plan(string Sql, IReadOnlyList<string> Steps);

    private sealed class AskedCommands : DbCommandInterceptor
    {
        private readonly ConcurrentDictionary<string, (string Name, object Value)[]> _commands = new(StringComparer.Ordinal);

        public IEnumerable<KeyValuePair<string, (string Name, object Value)[]>> OfTrailAndRegistry => _commands.Where(command =>
            OurAlias().IsMatch(command.Key) && !command.Key.StartsWith("INSERT", StringComparison.Ordinal) && !command.Key.StartsWith("CREATE", StringComparison.Ordinal));

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Add(command);
            return new(result);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Add(command);
            return new(result);
        }

        private void Add(DbCommand command) =>
            _commands.TryAdd(command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(parameter => (parameter.ParameterName, parameter.Value ?? DBNull.Value))]);
    }
}
