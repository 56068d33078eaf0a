using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Lifecycle;

/// <summary>What a person's own lists cost where there is much in the tables: what they show, read along an index.</summary>
public sealed partial class DeepHistoryTests
{
    private const int PageSize = 10;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_page_of_a_deep_history_reads_no_more_rows_than_it_shows(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var reads = new ReadRecorder();
        await using var app = await StartAsync(database, reads);
        var user = await CreateUserWithPastAsync(app);
        string? cursor = null;
        var shown = new List<Guid>();

        for (var number = 0; number < 3; number++)
        {
            reads.Clear();
            var page = await app.WithUsersAsync(users => users.GetSessionHistoryAsync(user, cursor, pageSize: PageSize));
            cursor = page.NextCursor;
            shown.AddRange(page.Events.Select(row => row.Id));

            // The person's first event, their own events, and the failures that name them. One more than is shown tells whether there is
            // another page, and the last look finds that nothing more came.
            Assert.Equal(3, reads.Of("AspNetSessionEvents").Length);
            Assert.All(reads.Of("AspNetSessionEvents"), read => Assert.InRange(read.Looks, 1, PageSize + 2));
            Assert.All(reads.Of("AspNetSessionEvents"), read => Assert.DoesNotContain("OFFSET", read.Sql, StringComparison.Ordinal));
            Assert.All(reads.Of("AspNetSessionEvents"), read => Assert.DoesNotContain("\"UserAgent\"", read.Sql, StringComparison.Ordinal));
        }

        Assert.Equal(3 * PageSize, shown.Distinct().Count());
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task The_first_and_a_later_page_of_the_history_and_the_list_of_devices_go_along_indexes(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var reads = new ReadRecorder();
        await using var app = await StartAsync(database, reads);
        var user = await CreateUserWithPastAsync(app);
        await database.ExecuteAsync("ANALYZE");

        foreach (var table in new[] { "AspNetSessionEvents", "AspNetUserSessions" })
        {
            reads.Clear();
            if (table == "AspNetUserSessions")
            {
                Assert.Equal(20, (await app.WithUsersAsync(users => users.GetSessionsAsync(user))).Count);
            }
            else
            {
                var first = await app.WithUsersAsync(users => users.GetSessionHistoryAsync(user, pageSize: PageSize));
                await app.WithUsersAsync(users => users.GetSessionHistoryAsync(user, first.NextCursor, pageSize: PageSize));
            }

            Assert.NotEmpty(reads.Of(table));
            foreach (var read in reads.Of("AspNetSessionEvents").Concat(reads.Of("AspNetUserSessions")))
            {
                var plan = await PlanAsync(database, read);
                Assert.True(plan.Any(step => OwnIndex().IsMatch(step)) && !plan.Any(IsScan), $"{read.Sql}{Environment.NewLine}{string.Join(Environment.NewLine, plan)}");
            }
        }
    }

    // A walk over a whole table, or on SQLite over a whole index.
    private static bool IsScan(string step) => step.Contains("Seq Scan on ", StringComparison.Ordinal) || step.StartsWith("SCAN ", StringComparison.Ordinal);

    // One in which what is the person's lies together.
    [GeneratedRegex("IX_AspNet(UserSessions_UserId|SessionEvents_(UserId|Identity|SessionId))")]
    private static partial Regex OwnIndex();

    private static async Task<List<string>> PlanAsync(TestDatabase database, Read read)
    {
        await using var connection = database.Connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = (database.IsSqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + read.Sql;
        foreach (var parameter in read.Parameters)
        {
            var copy = command.CreateParameter();
            (copy.ParameterName, copy.Value) = (parameter.ParameterName, parameter.Value);
            command.Parameters.Add(copy);
        }

        var plan = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            plan.Add(reader.GetString(database.IsSqlite ? 3 : 0));
        }

        return plan;
    }

    // A third of the person's events are failures that name them. Most sessions, and many events, are other people's.
    private static async Task<IdentityUser> CreateUserWithPastAsync(TestApp app)
    {
        var user = await app.CreateUserAsync();
        var others = new List<IdentityUser>();
        for (var number = 0; number < 10; number++)
        {
            others.Add(await app.CreateUserAsync($"other{number}@example.com"));
        }

        await app.InDatabaseAsync(async db =>
        {
            db.AddRange(Enumerable.Range(0, 1_500).Select(number => Event(app, number, number % 3 == 0 ? null : user)));
            db.AddRange(Enumerable.Range(0, 1_000).Select(number => Event(app, number, number % 2 == 0 ? null : others[number % others.Count], $"other{number % 200}@example.com")));
            db.AddRange(Enumerable.Range(0, 20).Select(number => Session(app, number, user)));
            db.AddRange(Enumerable.Range(20, 1_000).Select(number => Session(app, number, others[number % others.Count])));
            return await db.SaveChangesAsync();
        });
        return user;
    }

    private static Task<TestApp> StartAsync(TestDatabase database, ReadRecorder reads) => TestApp.StartAsync(setup =>
    {
        setup.Database = database;
        setup.ConfigureContext = (services, own) => services.AddDbContext<TestDb>(db =>
        {
            own.Use(db);
            db.AddInterceptors(reads);
        });
    });

    private static IdentitySessionEvent<string> Event(TestApp app, int number, IdentityUser? user, string typed = "ada@example.com") => new()
    {
        Id = Guid.CreateVersion7(),
        Kind = user is null ? SessionEventKind.SignInFailed : SessionEventKind.SignedIn,
        UserId = user?.Id,
        SessionId = user is null ? null : Guid.CreateVersion7(),
        Identity = user is null ? typed : null,
        FailureReason = user is null ? SignInFailureReason.WrongPassword : null,
        OccurredAt = app.Time.GetUtcNow() - TimeSpan.FromMinutes(number),
    };

    private static IdentityUserSession<string> Session(TestApp app, int number, IdentityUser user) => new()
    {
        Id = Guid.CreateVersion7(),
        UserId = user.Id,
        KeyDigest = $"key {number}",
        Scheme = IdentityConstants.ApplicationScheme,
        CreatedAt = app.Time.GetUtcNow() - TimeSpan.FromMinutes(number),
        LastSeenAt = app.Time.GetUtcNow() - TimeSpan.FromMinutes(number),
        ExpiresAt = app.Time.GetUtcNow() + TimeSpan.FromDays(14),
    };

    private sealed record Read(string Sql, DbParameter[] Parameters, int Looks);

    /// <summary>Keeps what was asked, and how often the answer was looked at for a row.</summary>
    private sealed class ReadRecorder : DbCommandInterceptor
    {
        private readonly List<Read> _reads = [];

        public Read[] All
        {
            get
            {
                lock (_reads)
                {
                    return [.. _reads];
                }
            }
        }

        public Read[] Of(string table) => [.. All.Where(read => read.Sql.Contains($"FROM \"{table}\"", StringComparison.Ordinal))];

        public void Clear()
        {
            lock (_reads)
            {
                _reads.Clear();
            }
        }

        public override ValueTask<InterceptionResult> DataReaderClosingAsync(DbCommand command, DataReaderClosingEventData eventData, InterceptionResult result)
        {
            lock (_reads)
            {
                _reads.Add(new Read(command.CommandText, [.. command.Parameters.Cast<DbParameter>()], eventData.ReadCount));
            }

            return new(result);
        }
    }
}
