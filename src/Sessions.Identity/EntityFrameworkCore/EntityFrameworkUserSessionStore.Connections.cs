using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>This part: the sessions of live connections, many at a time.</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey>
{
    public async Task<IReadOnlyDictionary<string, Guid>> FindIdsAsync(IReadOnlyCollection<string> keyDigests, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        return await Sessions(lease.Context)
            .Where(row => keyDigests.Contains(row.KeyDigest))
            .ToDictionaryAsync(row => row.KeyDigest, row => row.Id, StringComparer.Ordinal, cancellationToken);
    }

    public async Task<IReadOnlyList<SessionRecord>> FindManyAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        return await Sessions(lease.Context)
            .Where(row => ids.Contains(row.Id))
            .WithUsers(Users(lease.Context))
            .ToListAsync(cancellationToken);
    }

    public async Task TouchManyAsync(IReadOnlyCollection<Guid> ids, DateTimeOffset at, DateTimeOffset dueBefore, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        await Sessions(lease.Context)
            .Where(row => ids.Contains(row.Id) && row.EndedAt == null && row.LastSeenAt <= dueBefore)
            .ExecuteUpdateAsync(row => row.SetProperty(session => session.LastSeenAt, at), cancellationToken);
    }
}
