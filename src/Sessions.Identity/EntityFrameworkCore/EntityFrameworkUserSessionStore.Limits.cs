using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Limits;
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

    public async Task<IReadOnlyList<SessionEventInfo>> PruneAsync(string userId, SignInLimits limits, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var user = UserKey.Parse<TKey>(userId)!;
        List<SessionEventInfo> ended = [];
        foreach (var rule in limits.Rules)
        {
            ended.AddRange(await EndOldestAsync(user, rule, new SessionEnd { Reason = SessionEndReason.LimitReached, At = at }, cancellationToken));
        }

        return [.. ended, .. await PruneAsync(user, at, cancellationToken)];
    }

    // Somewhat too many: a live row whose ticket can't be valid any more counts here, and not where sessions are ended.
    public Task<bool> HasSurplusAsync(UserSessionDescriptor session, CancellationToken cancellationToken) => Spare.RunAsync(handsOn: false, async context =>
    {
        var devices = await Queries(context)
            .LiveDevices(context, UserKey.Parse<TKey>(session.UserId)!, MostLive + 1)
            .ToListAsync(cancellationToken);
        return devices.Count > MostLive || (session.Origin.DeviceId is { } deviceId && devices.Count(other => other == deviceId) > 1);
    });

    // Without a limit nothing is pruned; then it bounds what is read.
    private int MostLive => options.Value.MaxSessionsPerUser ?? MostListed;

    public async Task<IReadOnlyList<UserSessionInfo>> ListElsewhereAsync(
        string userId, string? deviceId, Guid? replaced, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        return await SessionsOf(lease.Context, userId)
            .ThatCanBeValid(options.Value.Cutoffs(time.GetUtcNow()))
            .Where(row => row.Id != replaced && (deviceId == null || row.DeviceId == null || row.DeviceId != deviceId))
            .OrderBy(row => row.CreatedAt)
            .ThenBy(row => row.Id)
            .Take(MostListed)
            .Select(SessionProjections.Session<TKey>())
            .ToListAsync(cancellationToken);
    }

    // One out, one in: there is room where this very statement has ended all that was chosen. Of two sign-ins that chose the same session
    // the second waits for the first one's row, finds it ended, and sees what took its place.
    private async Task<IReadOnlyList<SessionEventInfo>?> MakeRoomAsync(TContext context, SessionBeginning beginning, CancellationToken cancellationToken)
    {
        if (beginning.Chosen.Count == 0)
        {
            return [];
        }

        var (session, chosen) = (beginning.Session, beginning.Chosen);
        var end = new SessionEnd { Reason = SessionEndReason.LimitReached, At = session.CreatedAt };
        var ended = await EndRowsAsync(context, SessionsOf(context, session.UserId).Where(row => chosen.Contains(row.Id)), end, EndScope.One, cancellationToken);
        if (ended.Count == chosen.Count)
        {
            return ended;
        }

        var live = SessionsOf(context, session.UserId).ThatCanBeValid(options.Value.Cutoffs(session.CreatedAt));
        foreach (var rule in beginning.Limits.Rules.Where(rule => rule.Covers(session.Origin.Device.DeviceType)))
        {
            if (await OfTypes(live, rule.Types).CountAsync(cancellationToken) >= rule.Most)
            {
                return null;
            }
        }

        return ended;
    }

    // After the new row was committed, and by an order that never changes: of sign-ins that come at once each looks for what is over the cap
    // once it can be seen itself, so that the last of them sees all, and none of them takes the newest.
    private async Task<IReadOnlyList<SessionEventInfo>> PruneAsync(TKey user, DateTimeOffset at, CancellationToken cancellationToken) =>
        options.Value.MaxSessionsPerUser is { } most
            ? await EndOldestAsync(user, new LimitRule(most, types: null), new SessionEnd { Reason = SessionEndReason.Pruned, At = at }, cancellationToken)
            : [];

    private async Task<IReadOnlyList<SessionEventInfo>> EndOldestAsync(TKey user, LimitRule rule, SessionEnd end, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        var context = lease.Context;
        var live = Sessions(context).Where(row => row.UserId.Equals(user)).ThatCanBeValid(options.Value.Cutoffs(end.At));
        var oldest = OfTypes(live, rule.Types)
            .OrderByDescending(row => row.CreatedAt)
            .ThenByDescending(row => row.Id)
            .Skip(rule.Most)
            .Take(EndsPerBatch)
            .Select(row => row.Id);
        List<SessionEventInfo> ended = [];
        var turn = 0;
        while (turn < MostTurns)
        {
            var over = await oldest.ToListAsync(cancellationToken);
            if (over.Count == 0)
            {
                break;
            }

            var now = await InTransactionAsync(
                context,
                token => EndRowsAsync(context, Sessions(context).Where(row => over.Contains(row.Id)), end, EndScope.One, token),
                cancellationToken);
            ended.AddRange(now);

            // There may be more than fit into a batch, as after a limit was switched on.
            if (over.Count == EndsPerBatch)
            {
                continue;
            }

            // Where somebody else has ended one meanwhile, another may have taken its place: that is too many just as well, and does not look itself.
            if (now.Count == over.Count)
            {
                break;
            }

            turn++;
        }

        return ended;
    }

    private static IQueryable<IdentityUserSession<TKey>> OfTypes(IQueryable<IdentityUserSession<TKey>> rows, string[]? types) =>
        types is null ? rows : rows.Where(row => types.Contains(row.DeviceType ?? DeviceType.Unknown));
}
