using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Stores;
using Sessions.Identity.Validation;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>This part: ending what is over, batch by batch. A batch is a context and a transaction of its own.</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey> : IUserSessionMaintenance
{
    // Small: SQLite has one writer, and a sign-in may be waiting for it.
    private const int EndsPerBatch = 200;
    private const int UsersPerLook = 1_000;

    private static readonly TimeSpan _sweepTimeout = TimeSpan.FromMinutes(1);

    // Not by the app's clock: those who wait for the writer do so by the system's.
    private readonly WriterTurns _turns = new(TimeProvider.System);

    public Task<ISweepLease?> TryLeaseAsync(CancellationToken cancellationToken) => new SweepLeases<TContext>(contexts, time).TryTakeAsync(cancellationToken);

    public Task<string?> FindLastSweepAsync(CancellationToken cancellationToken) =>
        new SweepLeases<TContext>(contexts, time).FindLastAsync(cancellationToken);

    public async IAsyncEnumerable<IReadOnlyList<SessionEventInfo>> ExpireAsync(
        DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Not shown any more from the end that the row knows; ended only when no renewal that it did not hear of can hold longer.
        var ticketEndsBy = SessionExpiry.Before(now, lifetime.UnseenRenewal);
        var cutoffs = options.Value.CutoffsOfValidTicket(now) with { TicketEndsBy = ticketEndsBy };
        while (await ExpireBatchAsync(ThatRanOut, cutoffs, cancellationToken) is { Found: > 0 } batch)
        {
            yield return batch.Events;
        }

        // Age and idleness have no index of their own: one walk over the live rows, in the order of their ids.
        Guid? last = null;
        while (cutoffs.HasOptions && await ExpireBatchAsync(NextOver, cutoffs, cancellationToken) is { Found: > 0 } batch)
        {
            last = batch.Last;
            yield return batch.Events;
        }

        IQueryable<IdentityUserSession<TKey>> ThatRanOut(TContext context) =>
            Sessions(context).Where(row => row.EndedAt == null && row.ExpiresAt <= ticketEndsBy).OrderBy(row => row.EndedAt).ThenBy(row => row.ExpiresAt);

        IQueryable<IdentityUserSession<TKey>> NextOver(TContext context) =>
            Sessions(context).ThatAreOver(cutoffs).Where(row => last == null || row.Id.CompareTo(last.Value) > 0).OrderBy(row => row.Id);
    }

    public async IAsyncEnumerable<IReadOnlyList<SessionEventInfo>> PruneAsync(
        DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pruned = 1;
        while (options.Value.MaxSessionsPerUser is { } most && pruned > 0)
        {
            pruned = 0;
            foreach (var user in await UsersOverAsync(most, now, cancellationToken))
            {
                await _turns.NextAsync(cancellationToken);
                var events = await PruneAsync(user, now, cancellationToken);
                pruned += events.Count;
                yield return events;
            }
        }
    }

    private async Task<List<TKey>> UsersOverAsync(int most, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var lease = contexts.Create(_sweepTimeout);
        await _turns.NextAsync(lease.Context.Database, cancellationToken);
        return await Sessions(lease.Context)
            .ThatCanBeValid(options.Value.Cutoffs(now))
            .GroupBy(row => row.UserId)
            .Where(rows => rows.Count() > most)
            .Select(rows => rows.Key)
            .OrderBy(user => user)
            .Take(UsersPerLook)
            .ToListAsync(cancellationToken);
    }

    private async Task<EndedBatch> ExpireBatchAsync(
        Func<TContext, IQueryable<IdentityUserSession<TKey>>> which, ExpiryCutoffs cutoffs, CancellationToken cancellationToken)
    {
        await using var lease = contexts.Create(_sweepTimeout);
        var context = lease.Context;
        await _turns.NextAsync(context.Database, cancellationToken);
        var ids = await which(context).Take(EndsPerBatch).Select(row => row.Id).ToListAsync(cancellationToken);
        if (ids.Count == 0)
        {
            return new EndedBatch(0, null, []);
        }

        // Judged once more by the statement that ends: the session may have been active meanwhile.
        var end = new SessionEnd { Reason = SessionEndReason.Expired, At = time.GetUtcNow() };
        var events = await InTransactionAsync(
            context,
            token => EndRowsAsync(context, Sessions(context).Where(row => ids.Contains(row.Id)), end, EndScope.One, token, live => live.ThatAreOver(cutoffs)),
            cancellationToken);
        return new EndedBatch(ids.Count, ids[^1], events);
    }

    private sealed record EndedBatch(int Found, Guid? Last, IReadOnlyList<SessionEventInfo> Events);
}
