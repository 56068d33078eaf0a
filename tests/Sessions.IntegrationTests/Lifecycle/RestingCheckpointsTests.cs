using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Sessions.Identity;
using Sessions.Identity.EntityFrameworkCore;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Lifecycle;

/// <summary>A long purge on SQLite brings its pages into the database while it rests, and leaves the app's connection as it was.</summary>
public sealed class RestingCheckpointsTests
{
    private static readonly (long Autocheckpoint, long Cache) _ofSqlite = (1_000, -2_000);
    private static readonly (long Autocheckpoint, long Cache) _ofPurge = (20_000, -16_000);

    [Fact]
    public async Task A_purge_has_settings_of_its_own_and_the_app_finds_its_connection_as_it_was()
    {
        await using var story = await Story.BeginAsync();
        await story.AddOldEventAsync();

        await story.App.SweepAsync();

        Assert.Contains(_ofPurge, story.Seen.AtDelete);
        Assert.Equal(_ofSqlite, await SettingsAsync(story.Connection));
        Assert.Empty(await story.App.EventsAsync());
    }

    [Fact]
    public async Task One_that_fails_leaves_it_as_it_was_too()
    {
        await using var story = await Story.BeginAsync();
        await story.AddOldEventAsync();
        story.Seen.Fails = true;

        await Assert.ThrowsAnyAsync<Exception>(story.App.SweepAsync);

        Assert.Contains(_ofPurge, story.Seen.AtDelete);
        Assert.Equal(_ofSqlite, await SettingsAsync(story.Connection));
    }

    [Theory]
    [InlineData(1_000, true)]
    [InlineData(0, false)] // something else makes them, like a replication of the file
    public async Task What_was_written_is_brought_into_the_database_unless_the_app_makes_no_checkpoints(int autocheckpoint, bool isBrought)
    {
        await using var story = await Story.BeginAsync();
        await ExecuteAsync(story.Connection, $"PRAGMA wal_checkpoint(TRUNCATE); PRAGMA wal_autocheckpoint = {autocheckpoint}; PRAGMA cache_size = 300");
        var before = new FileInfo(story.Connection.DataSource).Length;

        await story.App.InDatabaseAsync(async db =>
        {
            await using var checkpoints = await RestingCheckpoints.BeginAsync(db.Database, CancellationToken.None);
            Assert.Equal((isBrought ? _ofPurge.Autocheckpoint : 0, 300), await SettingsAsync(story.Connection));
            await ExecuteAsync(story.Connection, "CREATE TABLE much AS SELECT randomblob(100000) AS bytes");
            Assert.Equal(before, new FileInfo(story.Connection.DataSource).Length);
            await checkpoints.MakeAsync(CancellationToken.None);
            return true;
        });

        Assert.Equal(isBrought, new FileInfo(story.Connection.DataSource).Length > before);
        Assert.Equal((autocheckpoint, 300), await SettingsAsync(story.Connection));
    }

    [Fact]
    public async Task A_checkpoint_that_cannot_be_made_now_fails_nothing()
    {
        await using var story = await Story.BeginAsync(";Cache=Shared");
        await using var reader = new SqliteConnection(story.Connection.ConnectionString);
        await reader.OpenAsync();
        await using var reading = await reader.BeginTransactionAsync();
        await using var looking = reader.CreateCommand();
        looking.CommandText = "SELECT count(*) FROM AspNetUsers";
        await looking.ExecuteScalarAsync();
        await Assert.ThrowsAsync<SqliteException>(() => ExecuteAsync(story.Connection, "PRAGMA wal_checkpoint(PASSIVE)", timeout: 1));

        await story.App.InDatabaseAsync(async db =>
        {
            await using var checkpoints = await RestingCheckpoints.BeginAsync(db.Database, CancellationToken.None);
            await checkpoints.MakeAsync(CancellationToken.None);
            return true;
        });

        Assert.Equal(_ofSqlite, await SettingsAsync(story.Connection));
    }

    private static async Task<(long Autocheckpoint, long Cache)> SettingsAsync(DbConnection connection) =>
        (await ReadAsync(connection, "wal_autocheckpoint"), await ReadAsync(connection, "cache_size"));

    private static async Task<long> ReadAsync(DbConnection connection, string name)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA {name}";
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql, int timeout = 30)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = timeout;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>An app that has one connection, so that nothing else can have used another.</summary>
    private sealed record Story(TestApp App, TestDatabase Database, SqliteConnection Connection, DeleteWatch Seen) : IAsyncDisposable
    {
        public static async Task<Story> BeginAsync(string more = "")
        {
            var database = TestDatabase.Sqlite();
            var connection = new SqliteConnection(database.ConnectionString + more);
            await connection.OpenAsync();
            await ExecuteAsync(connection, "PRAGMA journal_mode = wal"); // as EF Core sets it where it makes the file
            var seen = new DeleteWatch();
            var app = await TestApp.StartAsync(setup =>
            {
                setup.Database = database;
                setup.ConfigureContext = (services, own) => services.AddDbContext<TestDb>(options =>
                {
                    own.Use(options);
                    options.UseSqlite(connection).AddInterceptors(seen);
                });
            });
            return new Story(app, database, connection, seen);
        }

        public Task<int> AddOldEventAsync() => App.InDatabaseAsync(db =>
        {
            db.Add(new IdentitySessionEvent<string> { Id = Guid.CreateVersion7(), Kind = SessionEventKind.SignInFailed, OccurredAt = App.Time.GetUtcNow().AddYears(-3) });
            return db.SaveChangesAsync();
        });

        public async ValueTask DisposeAsync()
        {
            await App.DisposeAsync();
            await Connection.DisposeAsync();
            await Database.DisposeAsync();
        }
    }

    private sealed class DeleteWatch : DbCommandInterceptor
    {
        public List<(long Autocheckpoint, long Cache)> AtDelete { get; } = [];

        public bool Fails { get; set; }

        public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (!command.CommandText.StartsWith("DELETE FROM \"AspNetSessionEvents\"", StringComparison.Ordinal))
            {
                return result;
            }

            AtDelete.Add(await SettingsAsync(command.Connection!));
            return Fails ? throw new IOException("The disk is full.") : result;
        }
    }
}
