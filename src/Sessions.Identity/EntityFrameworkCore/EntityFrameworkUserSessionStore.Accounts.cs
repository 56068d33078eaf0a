using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Accounts;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>This part: what becomes of sessions when their account changes.</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey>
{
    public async Task<bool> IsCommittedAsync(AccountChange change, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        if (change.Removed is { } removed)
        {
            return await lease.Context.FindAsync(removed.Entity, [.. removed.Key], cancellationToken) is null;
        }

        // Another one than before will do: one transaction may change it more than once.
        var key = UserKey.Parse<TKey>(change.UserId)!;
        var user = await Users(lease.Context).Where(user => user.Id.Equals(key)).Select(user => new { user.SecurityStamp }).FirstOrDefaultAsync(cancellationToken);
        return user is not null && SecretDigest.OfOrNull(user.SecurityStamp) != change.Stamp?.Before;
    }

    public async Task<IReadOnlyList<SessionEventInfo>> EndOthersAsync(AccountChange change, SessionEnd end, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        var scope = change.KeptSessionId is null && change.KeptKeyDigest is null ? EndScope.All : EndScope.Others;
        if (scope == EndScope.Others && change.Stamp is { } stamp)
        {
            await ThatStay(SessionsOf(lease.Context, change.UserId), change)
                .Where(row => row.StampDigest == stamp.Before)
                .ExecuteUpdateAsync(row => row.SetProperty(session => session.StampDigest, stamp.After), cancellationToken);
        }

        return await EndAllAsync(lease.Context, change.UserId, rows => ThatItEnds(rows, change), end, scope, cancellationToken);
    }

    // The browser that made it: its session, and the one that may have taken that one's place while the request was under way.
    private static IQueryable<IdentityUserSession<TKey>> ThatStay(IQueryable<IdentityUserSession<TKey>> sessions, AccountChange change)
    {
        var (id, key) = (change.KeptSessionId, change.KeptKeyDigest);
        return sessions.Where(row => (row.EndedAt == null || row.EndReason == SessionEndReason.Superseded)
            && sessions.Any(own => (own.Id == id || own.KeyDigest == key)
                && (own.Id == row.Id || (own.EndReason == SessionEndReason.Superseded && own.DeviceId != null && own.DeviceId == row.DeviceId))));
    }

    // None of those, and none that began after it: an end may be late.
    private static IQueryable<IdentityUserSession<TKey>> ThatItEnds(IQueryable<IdentityUserSession<TKey>> sessions, AccountChange change)
    {
        var after = change.Stamp?.After;
        var kept = ThatStay(sessions, change);
        return sessions.Where(row => !kept.Any(own => own.Id == row.Id)
            && row.CreatedAt <= change.At
            && (after == null || row.StampDigest == null || row.StampDigest != after));
    }

    public async Task<bool> FollowSupersededAsync(SessionRecord session, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        return await FollowSupersededAsync(lease.Context, session, cancellationToken);
    }

    // A session that was superseded has the user's stamp only where a request of its browser that was still under way changed it, or refreshed with it.
    private static async Task<bool> FollowSupersededAsync(TContext context, SessionRecord session, CancellationToken cancellationToken)
    {
        if (session is not { DeviceId: { } deviceId, SecurityStamp: { } stamp })
        {
            return false;
        }

        var digest = SecretDigest.Of(stamp);
        var superseded = SessionsOf(context, session.UserId)
            .Where(row => row.DeviceId == deviceId && row.EndReason == SessionEndReason.Superseded && row.StampDigest == digest);
        return await Sessions(context)
            .Where(row => row.Id == session.Id && row.EndedAt == null && row.StampDigest == session.StampDigest && superseded.Any())
            .ExecuteUpdateAsync(row => row.SetProperty(own => own.StampDigest, digest), cancellationToken) > 0;
    }

    public async Task MoveStampAsync(Guid sessionId, string stamp, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        var users = Users(lease.Context);
        var digest = SecretDigest.Of(stamp);

        // Only to the stamp that the user really has: a ticket may be written with what was read of the user a while ago.
        await Sessions(lease.Context)
            .Where(row => row.Id == sessionId
                && (row.EndedAt == null || row.EndReason == SessionEndReason.Superseded)
                && users.Any(user => user.Id.Equals(row.UserId) && user.SecurityStamp == stamp))
            .ExecuteUpdateAsync(row => row.SetProperty(session => session.StampDigest, digest), cancellationToken);
    }

    private static IQueryable<TUser> Users(TContext context) => context.Set<TUser>().AsNoTracking().IgnoreQueryFilters();
}
