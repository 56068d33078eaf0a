using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Stores;
using Sessions.Identity.Validation;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>This part: what pages and managers read. Every list is bounded.</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey>
{
    private const int MostListed = UserSessions.MostListed;

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

    // What was noticed at a sign-in is written with its event, not with the row, and with no other event of it.
    private static async Task<IReadOnlyList<UserSessionInfo>> WithSignInsAsync(
        TContext context, List<UserSessionInfo> sessions, CancellationToken cancellationToken)
    {
        if (sessions.Count == 0)
        {
            return sessions;
        }

        var ids = sessions.Select(session => (Guid?)session.Id).ToArray();
        var noticed = await Events(context)
            .Where(row => ids.Contains(row.SessionId) && (row.IsNewDevice || row.IsImpossibleTravel))
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
        var group = query.Filter.Group;
        List<SessionEventInfo> found = [];

        // The person's own events, and the failures that name them: a part that can't hold what is asked for is not asked.
        if (group is SessionEventGroup.All or SessionEventGroup.Failed)
        {
            foreach (var failures in await FailuresOfAsync(lease.Context, query.UserId, cancellationToken))
            {
                found.AddRange(await PageAsync(failures, query, keptSince, cancellationToken));
            }
        }

        if (group is not SessionEventGroup.Failed)
        {
            found.AddRange(await PageAsync(Asked(Events(lease.Context).OfUser(query.UserId).InGroup(group), query, keptSince), query, cancellationToken));
        }

        return [.. found.OrderByDescending(row => row.OccurredAt).ThenByDescending(row => row.Id).Take(query.Count)];
    }

    private static async Task<List<IdentityFailures<TEventKey>>> FailuresOfAsync(TContext context, string userId, CancellationToken cancellationToken)
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
        return [.. identities.Select(identity => new IdentityFailures<TEventKey>(
            Events(context).Where(row => row.Identity == identity && row.Kind == SessionEventKind.SignInFailed), first))];
    }

    // What came before the person's first event is older than all of the rest: it is asked for only where that does not fill the page.
    private static async Task<List<SessionEventInfo>> PageAsync(
        IdentityFailures<TEventKey> failures, SessionHistoryQuery query, DateTimeOffset keptSince, CancellationToken cancellationToken)
    {
        var page = await PageAsync(Asked(failures.Since, query, keptSince), query, cancellationToken);
        if (page.Count < query.Count)
        {
            page.AddRange(await PageAsync(failures.NewestBefore(rows => Asked(rows, query, keptSince)), query, cancellationToken));
        }

        return page;
    }

    private static IQueryable<IdentitySessionEvent<TEventKey>> Asked(
        IQueryable<IdentitySessionEvent<TEventKey>> events, SessionHistoryQuery query, DateTimeOffset keptSince) =>
        events.Where(row => row.OccurredAt > keptSince).Within(query.Filter).After(query.After);

    private static Task<List<SessionEventInfo>> PageAsync(
        IQueryable<IdentitySessionEvent<TEventKey>> events, SessionHistoryQuery query, CancellationToken cancellationToken) =>
        events.NewestFirst().Take(query.Count).Select(SessionProjections.Event<TEventKey>()).ToListAsync(cancellationToken);
}
