using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>This part: how sessions end. The row's end and its event are written in one transaction: both or neither.</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey>
{
    public Task<SessionEventInfo?> EndByKeyAsync(string keyDigest, SessionEnd end, CancellationToken cancellationToken) =>
        EndOneAsync(context => Sessions(context).Where(row => row.KeyDigest == keyDigest), end, cancellationToken);

    public Task<SessionEventInfo?> EndAsync(string userId, Guid sessionId, SessionEnd end, CancellationToken cancellationToken) =>
        EndOneAsync(context => SessionsOf(context, userId).Where(row => row.Id == sessionId), end, cancellationToken);

    public async Task<IReadOnlyList<SessionEventInfo>> EndAllAsync(string userId, Guid? keep, SessionEnd end, CancellationToken cancellationToken)
    {
        var scope = keep is null ? EndScope.All : EndScope.Others;
        await using var lease = Lease();
        var context = lease.Context;

        var ended = await InTransactionAsync(
            context,
            async token =>
            {
                var events = await EndRowsAsync(context, OthersOf(context, userId, keep), end, scope, token);
                if (events.Count == 0)
                {
                    context.Add(SessionRows.EndEventWithoutSession<TEventKey>(userId, end, scope));
                    await context.SaveChangesAsync(token);
                }

                return events;
            },
            cancellationToken);

        return [.. ended, .. await EndLateAdoptionsAsync(context, userId, keep, end, scope, cancellationToken)];
    }

    // A ticket that was being adopted while we looked: its request looks for our event after its own commit, and we for its row after ours.
    private static Task<List<SessionEventInfo>> EndLateAdoptionsAsync(
        TContext context, string userId, Guid? keep, SessionEnd end, string scope, CancellationToken cancellationToken) =>
        InTransactionAsync(
            context,
            token => EndRowsAsync(context, OthersOf(context, userId, keep).Where(row => row.IsAdopted && row.CreatedAt <= end.At), end, scope, token),
            cancellationToken);

    private async Task<SessionEventInfo?> EndOneAsync(
        Func<TContext, IQueryable<IdentityUserSession<TKey>>> which, SessionEnd end, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        var context = lease.Context;
        var events = await InTransactionAsync(
            context, token => EndRowsAsync(context, which(context), end, EndScope.One, token), cancellationToken);
        return events.SingleOrDefault();
    }

    private static async Task<List<SessionEventInfo>> EndRowsAsync(
        TContext context,
        IQueryable<IdentityUserSession<TKey>> rows,
        SessionEnd end,
        string scope,
        CancellationToken cancellationToken,
        Func<IQueryable<IdentityUserSession<TKey>>, IQueryable<IdentityUserSession<TKey>>>? only = null)
    {
        // The statement that ends is the one that decides: only rows that it found live are ended by it, and carry its mark.
        var mark = $$"""{"operation":"{{Guid.CreateVersion7(end.At):N}}"}""";
        var actor = ColumnLengths.Cut(end.ActorId, ColumnLengths.ActorId);
        var note = ColumnLengths.Cut(end.Note, ColumnLengths.Note);
        var live = rows.Where(row => row.EndedAt == null);
        var count = await (only?.Invoke(live) ?? live).ExecuteUpdateAsync(
            row => row
                .SetProperty(session => session.EndedAt, end.At)
                .SetProperty(session => session.EndReason, end.Reason)
                .SetProperty(session => session.EndedBy, actor)
                .SetProperty(session => session.EndNote, note)
                .SetProperty(session => session.EndMetadata, mark),
            cancellationToken);
        if (count == 0 || SessionEndReason.EventKindOf(end.Reason) is not { } kind)
        {
            return [];
        }

        var ended = await rows.Where(row => row.EndMetadata == mark).ToListAsync(cancellationToken);
        var events = ended.ConvertAll(session => SessionRows.EndEvent<TKey, TEventKey>(session, kind, end, scope));
        context.AddRange(events);
        await context.SaveChangesAsync(cancellationToken);
        return events.ConvertAll(sessionEvent => _asInfo(sessionEvent));
    }

    private static IQueryable<IdentityUserSession<TKey>> OthersOf(TContext context, string userId, Guid? keep) =>
        SessionsOf(context, userId).Where(row => row.Id != keep);
}
