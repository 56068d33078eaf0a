using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Accounts;

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

        var key = UserKey.Parse<TKey>(change.UserId)!;
        var stamp = await Users(lease.Context).Where(user => user.Id.Equals(key)).Select(user => user.SecurityStamp).FirstOrDefaultAsync(cancellationToken);
        return SecretDigest.OfOrNull(stamp) == change.StampDigest;
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
