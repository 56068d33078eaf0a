using System.Buffers.Binary;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>Takes the sweep for a node: by an advisory lock on PostgreSQL, which dies with its connection, else by a row with a time.</summary>
internal sealed class SweepLeases<TContext>(SessionDbContextSource<TContext> contexts, TimeProvider time)
    where TContext : DbContext
{
    private static readonly TimeSpan _timeout = TimeSpan.FromMinutes(1);

    private readonly SweepLeaseRow<TContext> _row = new(contexts, time);

    public async Task<ISweepLease?> TryTakeAsync(CancellationToken cancellationToken)
    {
        var held = contexts.Create(_timeout);
        var context = held.Context;
        if (context.Database.ProviderName != ProviderNames.Postgres || SharesOneConnection(context))
        {
            await held.DisposeAsync();
            return await _row.TryTakeAsync(cancellationToken);
        }

        try
        {
            await context.Database.OpenConnectionAsync(cancellationToken);

            // Of a transaction, so that it works behind a pooler too. By hand: EF's own transactions are for its retrying strategies.
            var connection = context.Database.GetDbConnection();
            var transaction = await connection.BeginTransactionAsync(cancellationToken);
            if (await TryLockAsync(transaction, KeyOf(context), cancellationToken))
            {
                return new AdvisoryLease<TContext>(held, transaction, _row);
            }

            await transaction.DisposeAsync();
        }
        catch
        {
            await held.DisposeAsync();
            throw;
        }

        await held.DisposeAsync();
        return null;
    }

    public Task<string?> FindLastAsync(CancellationToken cancellationToken) => _row.FindLastAsync(cancellationToken);

    private static bool SharesOneConnection(TContext context) =>
        context.GetService<IDbContextOptions>().Extensions.OfType<RelationalOptionsExtension>().Any(options => options.Connection is not null);

    private static async Task<bool> TryLockAsync(DbTransaction transaction, long key, CancellationToken cancellationToken)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT pg_try_advisory_xact_lock(@key)";
        var parameter = command.CreateParameter();
        parameter.ParameterName = "key";
        parameter.Value = key;
        command.Parameters.Add(parameter);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    // One per table: several apps may share a database.
    private static long KeyOf(TContext context)
    {
        var table = context.Model.FindEntityType(typeof(IdentitySessionLease))!;
        var name = $"Sessions.Identity sweep {table.GetSchema()}.{table.GetTableName()}";
        return BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
    }
}
