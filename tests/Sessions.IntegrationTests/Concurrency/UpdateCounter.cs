using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Sessions.IntegrationTests.Concurrency;

/// <summary>Counts how many rows of sessions were changed.</summary>
public sealed class UpdateCounter : DbCommandInterceptor
{
    private int _rows;
    private int _statements;
    private int _changing;

    public int Rows => Volatile.Read(ref _rows);

    /// <summary>How many the database has executed, whether or not they found a row to change.</summary>
    public int Statements => Volatile.Read(ref _statements);

    /// <summary>How many of them changed something.</summary>
    public int Changing => Volatile.Read(ref _changing);

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (command.CommandText.Contains("UPDATE \"AspNetUserSessions\"", StringComparison.Ordinal) && command.CommandText.Contains("LastSeen", StringComparison.Ordinal))
        {
            Interlocked.Add(ref _rows, result);
            Interlocked.Increment(ref _statements);
            Interlocked.Add(ref _changing, Math.Min(result, 1));
        }

        return new(result);
    }
}
