using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Sessions.IntegrationTests.Concurrency;

/// <summary>Counts how many rows of sessions were changed.</summary>
public sealed class UpdateCounter : DbCommandInterceptor
{
    private int _rows;

    public int Rows => Volatile.Read(ref _rows);

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (command.CommandText.Contains("UPDATE \"AspNetUserSessions\"", StringComparison.Ordinal) && command.CommandText.Contains("LastSeen", StringComparison.Ordinal))
        {
            Interlocked.Add(ref _rows, result);
        }

        return new(result);
    }
}
