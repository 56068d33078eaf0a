using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Sessions.IntegrationTests.Lifecycle;

/// <summary>Asks the database, before a statement runs, by which index it will. Tables as small as a test's are no reason not to use one.</summary>
internal sealed class PlanReader(Func<string, bool> which) : DbCommandInterceptor
{
    private readonly List<(string Sql, string Plan)> _plans = [];

    public IReadOnlyList<(string Sql, string Plan)> Plans => _plans;

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await ReadAsync(command, cancellationToken);
        return result;
    }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        await ReadAsync(command, cancellationToken);
        return result;
    }

    private async Task ReadAsync(DbCommand command, CancellationToken cancellationToken)
    {
        var sql = command.CommandText;
        if (!which(sql))
        {
            return;
        }

        var isSqlite = command.Connection is Microsoft.Data.Sqlite.SqliteConnection;
        if (!isSqlite)
        {
            await using var set = command.Connection!.CreateCommand();
            set.Transaction = command.Transaction;
            set.CommandText = "SET enable_seqscan = off";
            await set.ExecuteNonQueryAsync(cancellationToken);
        }

        command.CommandText = (isSqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + sql;
        try
        {
            _plans.Add((sql, await LinesAsync(command, isSqlite ? 3 : 0, cancellationToken)));
        }
        finally
        {
            command.CommandText = sql;
        }
    }

    private static async Task<string> LinesAsync(DbCommand command, int column, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            lines.Add(reader.GetString(column));
        }

        return string.Join('\n', lines);
    }
}
