using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>The sweep, held by a lock of PostgreSQL. It is free the moment that this node or its connection dies.</summary>
internal sealed class AdvisoryLease<TContext>(ContextLease<TContext> held, DbTransaction transaction, SweepLeaseRow<TContext> row) : ISweepLease
    where TContext : DbContext
{
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var command = held.Context.Database.GetDbConnection().CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "SELECT 1";
            await command.ExecuteScalarAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is DbException or InvalidOperationException)
        {
            throw new SweepLeaseLostException();
        }
    }

    public Task CompleteAsync(DateTimeOffset at, string result, CancellationToken cancellationToken) => row.WriteAsync(at, result, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await transaction.DisposeAsync();
        }
        catch (DbException)
        {
            // Its connection is gone, and the lock with it.
        }

        await held.DisposeAsync();
    }
}
