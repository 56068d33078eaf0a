using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Lifecycle;

public sealed class DeepHistoryTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_page_of_a_deep_history_reads_no_more_rows_than_it_shows(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var reads = new ReadCounter();
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.Database = database;
            setup.ConfigureContext = (services, own) => services.AddDbContext<TestDb>(db =>
            {
                own.Use(db);
                db.AddInterceptors(reads);
            });
        });
        var user = await app.CreateUserAsync();
        await app.InDatabaseAsync(async db =>
        {
            db.AddRange(Enumerable.Range(0, 3_000).Select(number => Event(app, number, number % 3 == 0 ? null : user)));
            return await db.SaveChangesAsync();
        });
        reads.Clear();

        var first = await app.WithUsersAsync(users => users.GetSessionHistoryAsync(user, pageSize: 10));
        var second = await app.WithUsersAsync(users => users.GetSessionHistoryAsync(user, first.NextCursor, pageSize: 10));

        Assert.Equal(20, first.Events.Concat(second.Events).Select(row => row.Id).Distinct().Count());
        Assert.NotEmpty(reads.OfEvents);
        Assert.All(reads.OfEvents, sql => Assert.True(
            sql.Contains("LIMIT", StringComparison.Ordinal) || sql.Contains("min(", StringComparison.OrdinalIgnoreCase), sql));
        Assert.All(reads.OfEvents.Where(sql => sql.Contains("\"Identity\" ", StringComparison.Ordinal)), sql => Assert.DoesNotContain(" IN (", sql, StringComparison.Ordinal));
        Assert.All(reads.OfEvents, sql => Assert.DoesNotContain("OFFSET", sql, StringComparison.Ordinal));
        Assert.All(reads.OfEvents, sql => Assert.DoesNotContain("\"UserAgent\"", sql, StringComparison.Ordinal));
    }

    private static IdentitySessionEvent<string> Event(TestApp app, int number, IdentityUser? user) => new()
    {
        Id = Guid.CreateVersion7(),
        Kind = user is null ? SessionEventKind.SignInFailed : SessionEventKind.SignedIn,
        UserId = user?.Id,
        Identity = user is null ? "ada@example.com" : null,
        FailureReason = user is null ? SignInFailureReason.WrongPassword : null,
        OccurredAt = app.Time.GetUtcNow() - TimeSpan.FromMinutes(number),
    };

    private sealed class ReadCounter : DbCommandInterceptor
    {
        private readonly ConcurrentQueue<string> _reads = new();

        public string[] OfEvents => [.. _reads.Where(sql => sql.Contains("FROM \"AspNetSessionEvents\"", StringComparison.Ordinal))];

        public void Clear() => _reads.Clear();

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            _reads.Enqueue(command.CommandText);
            return new(result);
        }
    }
}
