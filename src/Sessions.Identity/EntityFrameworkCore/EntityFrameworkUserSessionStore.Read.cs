using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Stores;
using Sessions.Identity.Validation;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>This part: what pages and managers read. Every list is bounded.</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey>
{
    private const int MostListed = 500;

    private static readonly Func<IdentitySessionEvent<TEventKey>, SessionEventInfo> _asInfo = SessionProjections.Event<TEventKey>().Compile();

    public async Task<UserSessionInfo?> FindAsync(string userId, Guid sessionId, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        return await SessionsOf(lease.Context, userId)
            .Where(row => row.Id == sessionId)
            .Select(SessionProjections.Session<TKey>(userId))
            .FirstOrDefaultAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<UserSessionInfo>> ListAsync(string userId, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        return await SessionsOf(lease.Context, userId)
            .ThatCanBeValid(options.Value.Cutoffs(time.GetUtcNow()))
            .OrderByDescending(row => row.LastSeenAt)
            .ThenByDescending(row => row.Id)
            .Take(MostListed)
            .Select(SessionProjections.Session<TKey>(userId))
            .ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<SessionEventInfo>> ListEventsAsync(SessionHistoryQuery query, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        var keptSince = SessionExpiry.Before(time.GetUtcNow(), options.Value.EventRetention);
        var mine = await PageAsync(Events(lease.Context).OfUser(query.UserId), query, keptSince, cancellationToken);
        var failures = await FailuresOfAsync(lease.Context, query.UserId, cancellationToken) is { } typed
            ? await PageAsync(typed, query, keptSince, cancellationToken)
            : [];

        return [.. mine.Concat(failures).OrderByDescending(row => row.OccurredAt).ThenByDescending(row => row.Id).Take(query.Count)];
    }

    // Attempts typed against an identity before it was this person's are somebody else's. One that found the account proves that it was
    // there; of those that found none, only what came since the person's own first event is shown.
    private static async Task<IQueryable<IdentitySessionEvent<TEventKey>>?> FailuresOfAsync(TContext context, string userId, CancellationToken cancellationToken)
    {
        var key = UserKey.Parse<TKey>(userId)!;
        var user = await context.Set<TUser>().AsNoTracking().IgnoreQueryFilters()
            .Where(row => row.Id.Equals(key))
            .Select(row => new { row.UserName, row.Email, row.EmailConfirmed, row.PhoneNumber, row.PhoneNumberConfirmed })
            .FirstOrDefaultAsync(cancellationToken);
        var identities = user is null ? [] : UserIdentities.Of(
            user.UserName, user.EmailConfirmed ? user.Email : null, user.PhoneNumberConfirmed ? user.PhoneNumber : null);
        if (identities.Length == 0)
        {
            return null;
        }

        var first = await Events(context).OfUser(userId).MinAsync(row => (DateTimeOffset?)row.OccurredAt, cancellationToken)
            ?? DateTimeOffset.MaxValue;
        return Events(context).Where(row => row.Kind == SessionEventKind.SignInFailed && identities.Contains(row.Identity)
            && (row.FailureReason != SignInFailureReason.UnknownUser || row.OccurredAt >= first));
    }

    private static Task<List<SessionEventInfo>> PageAsync(
        IQueryable<IdentitySessionEvent<TEventKey>> events, SessionHistoryQuery query, DateTimeOffset keptSince, CancellationToken cancellationToken) =>
        events.Where(row => row.OccurredAt > keptSince).After(query.After).NewestFirst().Take(query.Count).Select(SessionProjections.Event<TEventKey>()).ToListAsync(cancellationToken);
}
