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
        var found = await SessionsOf(lease.Context, userId)
            .Where(row => row.Id == sessionId)
            .Select(SessionProjections.Session<TKey>())
            .ToListAsync(cancellationToken);
        return await WithSignInsAsync(lease.Context, found, cancellationToken) is [var session] ? session : null;
    }

    public async Task<IReadOnlyList<UserSessionInfo>> ListAsync(string userId, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        var found = await SessionsOf(lease.Context, userId)
            .ThatCanBeValid(options.Value.Cutoffs(time.GetUtcNow()))
            .OrderByDescending(row => row.LastSeenAt)
            .ThenByDescending(row => row.Id)
            .Take(MostListed)
            .Select(SessionProjections.Session<TKey>())
            .ToListAsync(cancellationToken);
        return await WithSignInsAsync(lease.Context, found, cancellationToken);
    }

    // What was noticed at a sign-in is written with its event, not with the row.
    private static async Task<IReadOnlyList<UserSessionInfo>> WithSignInsAsync(
        TContext context, List<UserSessionInfo> sessions, CancellationToken cancellationToken)
    {
        if (sessions.Count == 0)
        {
            return sessions;
        }

        var ids = sessions.Select(session => (Guid?)session.Id).ToArray();
        var noticed = await Events(context)
            .Where(row => ids.Contains(row.SessionId) && row.Kind == SessionEventKind.SignedIn && (row.IsNewDevice || row.IsImpossibleTravel))
            .Select(row => new { row.SessionId, row.IsNewDevice, row.IsImpossibleTravel })
            .ToListAsync(cancellationToken);
        return [.. sessions.Select(session => noticed.FirstOrDefault(row => row.SessionId == session.Id) is { } signIn
            ? session with { IsNewDevice = signIn.IsNewDevice, IsImpossibleTravel = signIn.IsImpossibleTravel }
            : session)];
    }

    public async Task<IReadOnlyList<SessionEventInfo>> ListEventsAsync(SessionHistoryQuery query, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        var keptSince = SessionExpiry.Before(time.GetUtcNow(), options.Value.EventRetention);
        var found = new List<SessionEventInfo>();
        foreach (var part in await TrailOfAsync(lease.Context, query.UserId, query.Filter.Group, cancellationToken))
        {
            found.AddRange(await PageAsync(part, query, keptSince, cancellationToken));
        }

        return [.. found.OrderByDescending(row => row.OccurredAt).ThenByDescending(row => row.Id).Take(query.Count)];
    }

    // The person's own events, and the failures that name them: a part that can't hold what is asked for is not asked.
    private static async Task<List<IQueryable<IdentitySessionEvent<TEventKey>>>> TrailOfAsync(
        TContext context, string userId, SessionEventGroup group, CancellationToken cancellationToken)
    {
        List<IQueryable<IdentitySessionEvent<TEventKey>>> parts = group is SessionEventGroup.All or SessionEventGroup.Failed
            ? await FailuresOfAsync(context, userId, cancellationToken)
            : [];
        if (group is not SessionEventGroup.Failed)
        {
            parts.Add(Events(context).OfUser(userId).InGroup(group));
        }

        return parts;
    }

    // Attempts typed against an identity before it was this person's are somebody else's. One that found the account proves that it was
    // there; of those that found none, only what came since the person's own first event is shown.
    // One question per identity: each is a walk along the index that ends with the page, however many attempts there were.
    private static async Task<List<IQueryable<IdentitySessionEvent<TEventKey>>>> FailuresOfAsync(TContext context, string userId, CancellationToken cancellationToken)
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
            return [];
        }

        var first = await Events(context).OfUser(userId).MinAsync(row => (DateTimeOffset?)row.OccurredAt, cancellationToken)
            ?? DateTimeOffset.MaxValue;
        return [.. identities.Select(identity => Events(context).Where(row => row.Identity == identity && row.Kind == SessionEventKind.SignInFailed
            && (row.FailureReason != SignInFailureReason.UnknownUser || row.OccurredAt >= first)))];
    }

    private static Task<List<SessionEventInfo>> PageAsync(
        IQueryable<IdentitySessionEvent<TEventKey>> events, SessionHistoryQuery query, DateTimeOffset keptSince, CancellationToken cancellationToken) =>
        events.Where(row => row.OccurredAt > keptSince).Within(query.Filter).After(query.After).NewestFirst().Take(query.Count).Select(SessionProjections.Event<TEventKey>()).ToListAsync(cancellationToken);
}
