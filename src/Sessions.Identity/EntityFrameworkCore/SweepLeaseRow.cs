using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>The sweep's row in the lease table: who has it until when, where there are no advisory locks, and the last result.</summary>
internal sealed class SweepLeaseRow<TContext>(SessionDbContextSource<TContext> contexts, TimeProvider time)
    where TContext : DbContext
{
    private const string Name = "sweep";

    // A node that dies in the middle keeps the others waiting for so long. Far more than a batch takes.
    private static readonly TimeSpan _length = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan _timeout = TimeSpan.FromMinutes(1);

    public async Task<ISweepLease?> TryTakeAsync(CancellationToken cancellationToken)
    {
        var owner = $"{Environment.MachineName} {Guid.CreateVersion7(time.GetUtcNow()):N}";
        await EnsureAsync(cancellationToken);
        var now = time.GetUtcNow();
        var until = now + _length;
        var taken = await UpdateAsync(
            rows => rows.Where(row => row.Owner == null || row.ExpiresAt == null || row.ExpiresAt <= now)
                .ExecuteUpdateAsync(row => row.SetProperty(lease => lease.Owner, owner).SetProperty(lease => lease.ExpiresAt, until), cancellationToken));
        return taken == 0 ? null : new Lease(this, owner);
    }

    public async Task WriteAsync(DateTimeOffset at, string result, CancellationToken cancellationToken)
    {
        await EnsureAsync(cancellationToken);
        await UpdateAsync(rows => rows.ExecuteUpdateAsync(
            row => row.SetProperty(lease => lease.LastRanAt, at).SetProperty(lease => lease.LastResult, result), cancellationToken));
    }

    public async Task<string?> FindLastAsync(CancellationToken cancellationToken)
    {
        await using var lease = contexts.Create(_timeout);
        return await Rows(lease.Context).Select(row => row.LastResult).FirstOrDefaultAsync(cancellationToken);
    }

    private async Task EnsureAsync(CancellationToken cancellationToken)
    {
        await using var lease = contexts.Create(_timeout);
        if (await Rows(lease.Context).AnyAsync(cancellationToken))
        {
            return;
        }

        lease.Context.Add(new IdentitySessionLease { Name = Name });
        try
        {
            await lease.Context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Another node was first, or it can't be written: the statement that follows tells.
        }
    }

    private async Task<int> UpdateAsync(Func<IQueryable<IdentitySessionLease>, Task<int>> update)
    {
        await using var lease = contexts.Create(_timeout);
        return await update(Rows(lease.Context));
    }

    private static IQueryable<IdentitySessionLease> Rows(TContext context) =>
        context.Set<IdentitySessionLease>().AsNoTracking().IgnoreQueryFilters().Where(row => row.Name == Name);

    private sealed class Lease(SweepLeaseRow<TContext> row, string owner) : ISweepLease
    {
        public async Task KeepAsync(CancellationToken cancellationToken)
        {
            var until = row.GetUtcNow() + _length;
            if (await row.UpdateAsync(rows => rows.Where(lease => lease.Owner == owner)
                .ExecuteUpdateAsync(lease => lease.SetProperty(held => held.ExpiresAt, until), cancellationToken)) == 0)
            {
                throw new SweepLeaseLostException();
            }
        }

        public Task CompleteAsync(DateTimeOffset at, string result, CancellationToken cancellationToken) => row.WriteAsync(at, result, cancellationToken);

        // Given back even when the app is stopping: else the others would wait for its time to run out.
        public async ValueTask DisposeAsync()
        {
            try
            {
                await row.UpdateAsync(rows => rows.Where(lease => lease.Owner == owner).ExecuteUpdateAsync(
                    lease => lease.SetProperty(held => held.Owner, (string?)null).SetProperty(held => held.ExpiresAt, (DateTimeOffset?)null)));
            }
            catch (System.Data.Common.DbException)
            {
                // It runs out by itself.
            }
        }
    }

    private DateTimeOffset GetUtcNow() => time.GetUtcNow();
}
