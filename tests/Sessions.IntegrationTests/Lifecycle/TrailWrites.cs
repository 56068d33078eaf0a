using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Sessions.IntegrationTests.Lifecycle;

/// <summary>Sees every statement that changes or removes many rows at once, and can make one of them fail.</summary>
internal sealed class TrailWrites : DbCommandInterceptor
{
    private readonly List<(string Sql, int Rows, bool IsInTransaction)> _done = [];
    private int _left = -1;

    public IReadOnlyList<(string Sql, int Rows, bool IsInTransaction)> Done => _done;

    /// <summary>Whether the one that was to fail has.</summary>
    public bool HasFailed { get; private set; }

    public void FailAfter(int statements) => (_left, HasFailed) = (statements, false);

    public void FailNoMore() => _left = -1;

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (IsOurs(command) && _left >= 0 && _left-- == 0)
        {
            HasFailed = true;
            throw new IOException("The disk is full.");
        }

        return new(result);
    }

    public override ValueTask<int> NonQueryExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (IsOurs(command))
        {
            _done.Add((command.CommandText, result, command.Transaction is not null));
        }

        return new(result);
    }

    private static bool IsOurs(DbCommand command) =>
        command.CommandText.StartsWith("DELETE FROM \"AspNet", StringComparison.Ordinal) || command.CommandText.StartsWith("UPDATE \"AspNet", StringComparison.Ordinal);
}
