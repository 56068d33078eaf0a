using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Sessions.IntegrationTests.Harness;

/// <summary>A real database of a test's own: a SQLite file, or a database on a real PostgreSQL server.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private const string PostgresVariable = "SESSIONS_TESTS_POSTGRES";

    private readonly Func<ValueTask> _drop;

    private TestDatabase(bool isSqlite, string connectionString, Func<ValueTask> drop)
    {
        IsSqlite = isSqlite;
        ConnectionString = connectionString;
        _drop = drop;
    }

    public bool IsSqlite { get; }

    public string ConnectionString { get; }

    public static TestDatabase Sqlite()
    {
        var file = Path.Combine(Path.GetTempPath(), $"sessions-{Guid.NewGuid():N}.db");
        return new TestDatabase(isSqlite: true, $"Data Source={file}", () =>
        {
            SqliteConnection.ClearAllPools();
            foreach (var part in new[] { file, file + "-wal", file + "-shm" })
            {
                File.Delete(part);
            }

            return default;
        });
    }

    /// <summary>A new database on the server that the test script starts; the test is skipped where there is none.</summary>
    public static async Task<TestDatabase> PostgresAsync()
    {
        var server = RequirePostgres();
        var name = $"sessions_{Guid.NewGuid():N}";
        await ExecuteAsync(server, $"CREATE DATABASE {name}");
        var connectionString = new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 50 }.ConnectionString;
        return new TestDatabase(isSqlite: false, connectionString, async () =>
        {
            // Only its own: other tests run at the same time. What other pools have of it is cut off by the server.
            await using var own = new NpgsqlConnection(connectionString);
            NpgsqlConnection.ClearPool(own);
            await ExecuteAsync(server, $"DROP DATABASE IF EXISTS {name} WITH (FORCE)");
        });
    }

    /// <summary>A database on a server of the test's own.</summary>
    public static TestDatabase Postgres(string connectionString) => new(isSqlite: false, connectionString, () => default);

    /// <summary>Skips the test where there is no PostgreSQL.</summary>
    /// <returns>The connection string of the server that the test script starts.</returns>
    public static string RequirePostgres()
    {
        var server = Environment.GetEnvironmentVariable(PostgresVariable);
        if (string.IsNullOrEmpty(server))
        {
            Skips.OrFail($"PostgreSQL is not there: set {PostgresVariable} to a connection string, or run eng/test.sh, which starts a server.");
        }

        return server!;
    }

    public static async Task<TestDatabase> CreateAsync(string provider) => provider == "sqlite" ? Sqlite() : await PostgresAsync();

    public void Use(DbContextOptionsBuilder options)
    {
        // One process of tests has more kinds of contexts than any app.
        options.ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.ManyServiceProvidersCreatedWarning));
        if (IsSqlite)
        {
            options.UseSqlite(ConnectionString);
        }
        else
        {
            options.UseNpgsql(ConnectionString);
        }
    }

    /// <summary>A connection of the test's own, as another program has one.</summary>
    public DbConnection Connect() => IsSqlite ? new SqliteConnection(ConnectionString) : new NpgsqlConnection(ConnectionString);

    /// <summary>Does what another program does to it.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = Connect();
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Takes a table away, or gives it back.</summary>
    public Task RenameAsync(string table, string name) => ExecuteAsync($"ALTER TABLE \"{table}\" RENAME TO \"{name}\"");

    public ValueTask DisposeAsync() => _drop();

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
