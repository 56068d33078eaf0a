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
        if (change is { KeptKeyDigest: { } key, Stamp: { } stamp })
        {
            await SessionsOf(lease.Context, change.UserId)
                .Where(row => row.KeyDigest == key && row.EndedAt == null && row.StampDigest == stamp.Before)
                .ExecuteUpdateAsync(row => row.SetProperty(session => session.StampDigest, stamp.After), cancellationToken);
        }

        var scope = change.KeptSessionId is null && change.KeptKeyDigest is null ? EndScope.All : EndScope.Others;
        return await EndAllAsync(lease.Context, change.UserId, rows => ThatItEnds(rows, change), end, scope, cancellationToken);
    }

    // Not the one that made it, and none that began after it: an end may be late.
    private static IQueryable<IdentityUserSession<TKey>> ThatItEnds(IQueryable<IdentityUserSession<TKey>> sessions, AccountChange change)
    {
        var after = change.Stamp?.After;
        return sessions.Where(row => row.Id != change.KeptSessionId
            && (change.KeptKeyDigest == null || row.KeyDigest != change.KeptKeyDigest)
            && row.CreatedAt <= change.At
            && (after == null || row.StampDigest == null || row.StampDigest != after));
    }

    public async Task MoveStampAsync(Guid sessionId, string stamp, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        var users = Users(lease.Context);
        var digest = SecretDigest.Of(stamp);

        // Only to the stamp that the user really has: a ticket may be written with what was read of the user a while ago.
        await Sessions(lease.Context)
            .Where(row => row.Id == sessionId && row.EndedAt == null && users.Any(user => user.Id.Equals(row.UserId) && user.SecurityStamp == stamp))
            .ExecuteUpdateAsync(row => row.SetProperty(session => session.StampDigest, digest), cancellationToken);
    }

    private static IQueryable<TUser> Users(TContext context) => context.Set<TUser>().AsNoTracking().IgnoreQueryFilters();
}
