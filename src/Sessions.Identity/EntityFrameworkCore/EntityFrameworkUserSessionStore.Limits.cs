using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Stores;
using Sessions.Identity.Validation;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>This part: sessions that end by a limit, of time or of number.</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey>
{
    // A request that came at the same time may have shown that the session is not idle.
    public async Task<EndAttempt> ExpireAsync(Guid sessionId, ExpiryCutoffs cutoffs, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        var end = new SessionEnd { Reason = SessionEndReason.Expired, At = at };
        return await TryEndAsync(lease.Context, sessionId, end, live => live.ThatAreOver(cutoffs), cancellationToken);
    }

    public Task<IReadOnlyList<SessionEventInfo>> PruneAsync(string userId, DateTimeOffset at, CancellationToken cancellationToken) =>
        PruneAsync(UserKey.Parse<TKey>(userId)!, at, cancellationToken);

    // After the new row was committed, and by an order that never changes: of sign-ins that come at once each looks for what is over the cap
    // once it can be seen itself, so that the last of them sees all, and none of them takes the newest.
    private async Task<IReadOnlyList<SessionEventInfo>> PruneAsync(TKey user, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (options.Value.MaxSessionsPerUser is not { } most)
        {
            return [];
        }

        await using var lease = Lease();
        var context = lease.Context;
        var over = await Sessions(context)
            .Where(row => row.UserId.Equals(user))
            .ThatCanBeValid(options.Value.Cutoffs(at))
            .OrderByDescending(row => row.CreatedAt)
            .ThenByDescending(row => row.Id)
            .Skip(most)
            .Take(EndsPerBatch)
            .Select(row => row.Id)
            .ToListAsync(cancellationToken);
        if (over.Count == 0)
        {
            return [];
        }

        var end = new SessionEnd { Reason = SessionEndReason.Pruned, At = at };
        return await InTransactionAsync(
            context,
            token => EndRowsAsync(context, Sessions(context).Where(row => over.Contains(row.Id)), end, EndScope.One, token),
            cancellationToken);
    }
}
