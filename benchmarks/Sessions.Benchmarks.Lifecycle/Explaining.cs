using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Sessions.Benchmarks.Lifecycle;

/// <summary>Prints what PostgreSQL does for a query, and what it cost, before the query runs.</summary>
internal sealed class Explaining : DbCommandInterceptor
{
    public bool IsOn { get; set; }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (IsOn)
        {
            await using var explained = command.Connection!.CreateCommand();
            explained.CommandText = "EXPLAIN (ANALYZE, BUFFERS) " + command.CommandText;
            explained.CommandTimeout = 600;
            foreach (ICloneable parameter in command.Parameters)
            {
                explained.Parameters.Add(parameter.Clone());
            }

            Console.WriteLine(command.CommandText);
            await using var plan = await explained.ExecuteReaderAsync(cancellationToken);
            while (await plan.ReadAsync(cancellationToken))
            {
                Console.WriteLine("  " + plan.GetString(0));
            }
        }

        return result;
    }
}
