using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Stores;
using Sessions.Identity.Validation;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>This part: how sessions end. The row's end and its event are written in one transaction: both or neither.</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey>
{
    public async Task<SessionEventInfo?> EndByKeyAsync(string keyDigest, SessionEnd end, CancellationToken cancellationToken) =>
        await EndOneAsync(context => Sessions(context).Where(row => row.KeyDigest == keyDigest), end, cancellationToken)
        ?? await EndSuccessorAsync(keyDigest, end, cancellationToken);

    public Task<SessionEventInfo?> EndAsync(string userId, Guid sessionId, SessionEnd end, CancellationToken cancellationToken) =>
        EndOneAsync(context => SessionsOf(context, userId).Where(row => row.Id == sessionId), end, cancellationToken);

    public async Task<EndAttempt> EndIfStampedAsync(SessionRecord session, SessionEnd end, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        return end.Reason == SessionEndReason.SecurityStampChanged && await FollowSupersededAsync(lease.Context, session, cancellationToken)
            ? new EndAttempt(null, IsLive: true, null)
            : await TryEndAsync(lease.Context, session.Id, end, live => live.Where(row => row.StampDigest == session.StampDigest), cancellationToken);
    }

    public async Task<IReadOnlyList<SessionEventInfo>> EndAllAsync(string userId, Guid? keep, SessionEnd end, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        var scope = keep is null ? EndScope.All : EndScope.Others;
        return await EndAllAsync(lease.Context, userId, rows => rows.Where(row => row.Id != keep), end, scope, cancellationToken);
    }

    private static async Task<IReadOnlyList<SessionEventInfo>> EndAllAsync(
        TContext context,
        string userId,
        Func<IQueryable<IdentityUserSession<TKey>>, IQueryable<IdentityUserSession<TKey>>> which,
        SessionEnd end,
        string scope,
        CancellationToken cancellationToken)
    {
        var rows = which(SessionsOf(context, userId));
        var ended = await InTransactionAsync(
            context,
            async token =>
            {
                var events = await EndRowsAsync(context, rows, end, scope, token);
                if (events.Count == 0)
                {
                    context.Add(SessionRows.EndEventWithoutSession<TEventKey>(userId, end, scope));
                    await context.SaveChangesAsync(token);
                }

                return events;
            },
            cancellationToken);

        // A ticket that was being adopted while we looked: its request looks for our event after its own commit, and we for its row after ours.
        var late = await InTransactionAsync(
            context,
            token => EndRowsAsync(context, rows.Where(row => row.IsAdopted && row.CreatedAt <= end.At), end, scope, token),
            cancellationToken);
        return [.. ended, .. late];
    }

    // Judged by the row as it is now, not as the look-up found it.
    private static async Task<EndAttempt> TryEndAsync(
        TContext context,
        Guid sessionId,
        SessionEnd end,
        Func<IQueryable<IdentityUserSession<TKey>>, IQueryable<IdentityUserSession<TKey>>> only,
        CancellationToken cancellationToken)
    {
        var row = Sessions(context).Where(session => session.Id == sessionId);
        var ended = await InTransactionAsync(context, token => EndRowsAsync(context, row, end, EndScope.One, token, only), cancellationToken);
        if (ended.Count > 0)
        {
            return new EndAttempt(ended[0], IsLive: false, end.Reason);
        }

        var now = await row.Select(session => new { session.EndedAt, session.EndReason }).FirstOrDefaultAsync(cancellationToken);
        return new EndAttempt(null, now is { EndedAt: null }, now?.EndReason);
    }

    // A sign-out that was under way when its browser signed in again takes the newer cookie with it, and so must end the session of that.
    private async Task<SessionEventInfo?> EndSuccessorAsync(string keyDigest, SessionEnd end, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        var since = end.At - SessionExpiry.SupersededGrace;
        var superseded = await Sessions(lease.Context)
            .Where(row => row.KeyDigest == keyDigest && row.EndReason == SessionEndReason.Superseded && row.EndedAt > since && row.DeviceId != null)
            .Select(row => new { row.UserId, row.DeviceId })
            .FirstOrDefaultAsync(cancellationToken);
        return superseded is null ? null : await EndOneAsync(
            context => Sessions(context).Where(row => row.UserId.Equals(superseded.UserId) && row.DeviceId == superseded.DeviceId && row.CreatedAt <= end.At), end, cancellationToken);
    }

    private async Task<SessionEventInfo?> EndOneAsync(
        Func<TContext, IQueryable<IdentityUserSession<TKey>>> which, SessionEnd end, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        var context = lease.Context;
        var events = await InTransactionAsync(
            context, token => EndRowsAsync(context, which(context), end, EndScope.One, token), cancellationToken);
        return events.FirstOrDefault();
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
}
