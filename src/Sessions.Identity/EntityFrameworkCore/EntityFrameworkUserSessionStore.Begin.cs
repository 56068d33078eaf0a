using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>This part: how sessions begin.</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey>
{
    private const int MostTurns = 10; // of looking again for what could not be seen before it was committed

    // Hands its context on to the look after it, which hardly ever follows where one session takes another's place.
    public Task<SessionBegun?> BeginAsync(SessionBeginning beginning, CancellationToken cancellationToken) =>
        Spare.RunAsync(handsOn: beginning is { Limits.IsNone: true } and not { Earlier.Count: 1 }, async context =>
        {
            if (beginning.Earlier is { Count: <= 1 } earlier && CanBeginAtOnce(beginning, earlier)
                && await InTransactionAsync(context, token => BeginAtOnceAsync(context, beginning, earlier, token), cancellationToken) is { } begun)
            {
                return begun;
            }

            return await InTransactionAsync(context, token => BeginStepByStepAsync(context, beginning, token), cancellationToken);
        });

    public async Task<IReadOnlyList<SessionEventInfo>> SupersedeAsync(UserSessionDescriptor session, string? replacedKeyDigest, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        var context = lease.Context;
        IReadOnlyList<SessionEventInfo> signedOut = [];
        if (replacedKeyDigest is not null)
        {
            var replaced = Sessions(context).Where(row => row.KeyDigest == replacedKeyDigest && row.CreatedAt <= session.CreatedAt);
            signedOut = await InTransactionAsync(context, token => ReplaceAsync(context, replaced, session, token), cancellationToken);
        }

        if (session.Origin.DeviceId is { } deviceId)
        {
            await LeaveNewestAsync(context, session, deviceId, cancellationToken);
        }

        return signedOut;
    }

    // Sign-ins at the same time don't see one another's rows until they are committed. Each looks again after its own commit, so the last
    // one sees them all, and the newest stays. Only one that took a session's place need not look: whoever finds that session before it is
    // committed waits for it here, and sees it with the next look.
    private static async Task LeaveNewestAsync(TContext context, UserSessionDescriptor session, string deviceId, CancellationToken cancellationToken)
    {
        var live = SessionsOf(context, session.UserId).Where(row => row.EndedAt == null && row.DeviceId == deviceId);
        var older = live.Where(row => live.Any(other => other.CreatedAt > row.CreatedAt || (other.CreatedAt == row.CreatedAt && other.Id.CompareTo(row.Id) > 0)));
        var turn = 0;
        do
        {
            await SupersedeAsync(older, session, cancellationToken);
        }
        while (++turn < MostTurns && await live.CountAsync(cancellationToken) > 1);
    }

    public async Task<SessionRecord?> AdoptAsync(SessionAdoption adoption, CancellationToken cancellationToken)
    {
        var session = adoption.Session;
        await using var lease = Lease();
        var context = lease.Context;

        // One that a decision about all of the user's sessions holds for gets a row too, an ended one: then its key is known and refused for
        // good, also where the host's own store of tickets makes it younger afterwards.
        var judge = await FindJudgeAsync(context, session.UserId, adoption.IssuedAt, cancellationToken);
        if (await TryInsertAsync(context, adoption, judge, cancellationToken) is { } fault)
        {
            return await FindAdoptedAsync(context, session, fault, cancellationToken);
        }

        if (judge is not null)
        {
            return AsEnded(session, judge);
        }

        // Such a decision may have been made meanwhile. It looks for our row after it has committed, and we look for it after we have: one
        // of the two sees the other.
        if (await FindJudgeAsync(context, session.UserId, adoption.IssuedAt, cancellationToken) is { } late)
        {
            await EndByKeyAsync(session.KeyDigest, late, cancellationToken);
            return AsEnded(session, late);
        }

        return session.AsRecord();
    }

    // With what was known a moment ago: where that has ended or changed since, nothing is written. What has begun since is found after the commit.
    private static async Task<SessionBegun?> BeginAtOnceAsync(
        TContext context, SessionBeginning beginning, IReadOnlyList<EarlierSession> earlier, CancellationToken cancellationToken)
    {
        if (earlier is [var old])
        {
            var asItWas = SessionsOf(context, beginning.Session.UserId).Where(row => row.Id == old.Id && row.TwoFactorRememberDigest == old.RememberDigest);
            if (await SupersedeAsync(asItWas, beginning.Session, cancellationToken) == 0)
            {
                return null;
            }
        }

        await AddAsync(context, beginning, earlier, cancellationToken);
        return new SessionBegun([], MayLeaveSurplus: earlier.Count == 0 || !beginning.HasRoom);
    }

    private async Task<SessionBegun?> BeginStepByStepAsync(TContext context, SessionBeginning beginning, CancellationToken cancellationToken)
    {
        var earlier = await FindEarlierAsync(context, beginning, cancellationToken);
        var signedOut = await TakePlaceAsync(context, beginning, earlier, cancellationToken);
        if (await MakeRoomAsync(context, beginning, cancellationToken) is not { } ended)
        {
            return null;
        }

        await AddAsync(context, beginning, earlier, cancellationToken);
        return new SessionBegun([.. signedOut, .. ended], MayLeaveSurplus: true);
    }

    private static Task<int> AddAsync(TContext context, SessionBeginning beginning, IReadOnlyList<EarlierSession> earlier, CancellationToken cancellationToken)
    {
        context.Add(SessionRows.Row<TKey>(InheritMachine(beginning.Session, earlier)));
        context.Add(SessionRows.Row<TEventKey>(beginning.SignedIn));
        return context.SaveChangesAsync(cancellationToken);
    }

    // Where nothing ends but the live session of this very browser.
    private static bool CanBeginAtOnce(SessionBeginning beginning, IReadOnlyList<EarlierSession> earlier) =>
        beginning.Chosen.Count == 0 && !TakesAnotherPlace(beginning) && earlier.All(row => row.IsOfBrowser);

    // The request's own session, if it is another person's, or of another browser as its row says, or a later one.
    private static bool TakesAnotherPlace(SessionBeginning beginning) =>
        beginning.Replaced is { } old
        && (old.UserId != beginning.Session.UserId || DeviceOf(beginning) is not { } deviceId || old.DeviceId != deviceId || old.CreatedAt > beginning.Session.CreatedAt);

    // The cookie of the session that the request carried is overwritten. So are the person's other live rows of this very browser, but for
    // later ones: a write that comes through late must not end the session that took its place.
    private static async Task<IReadOnlyList<SessionEventInfo>> TakePlaceAsync(
        TContext context, SessionBeginning beginning, IReadOnlyList<EarlierSession> earlier, CancellationToken cancellationToken)
    {
        var session = beginning.Session;
        var deviceId = DeviceOf(beginning);
        IReadOnlyList<SessionEventInfo> signedOut = [];
        if (TakesAnotherPlace(beginning) && beginning.Replaced is { } old)
        {
            signedOut = await ReplaceAsync(context, Sessions(context).Where(row => row.Id == old.Id), session, cancellationToken);
        }

        if (earlier.Any(row => row.IsOfBrowser))
        {
            var ofBrowser = SessionsOf(context, session.UserId).Where(row => row.DeviceId == deviceId && row.CreatedAt <= session.CreatedAt);
            await SupersedeAsync(ofBrowser, session, cancellationToken);
        }

        return signedOut;
    }

    // The person's live sessions that this one takes the place of, as far as they can be seen now.
    private static async Task<IReadOnlyList<EarlierSession>> FindEarlierAsync(TContext context, SessionBeginning beginning, CancellationToken cancellationToken)
    {
        var (session, deviceId, replaced) = (beginning.Session, DeviceOf(beginning), beginning.Replaced?.Id);
        if (replaced is null && deviceId is null)
        {
            return [];
        }

        return await Queries(context)
            .Earlier(context, UserKey.Parse<TKey>(session.UserId)!, session.CreatedAt, deviceId, replaced, EndsPerBatch)
            .ToListAsync(cancellationToken);
    }

    // A browser that came without its id has one that nothing else can have.
    private static string? DeviceOf(SessionBeginning beginning) => beginning.IsReturningBrowser ? beginning.Session.Origin.DeviceId : null;

    // Of another person it ends as a sign-out, of the same person it is superseded (ASVS 5.0, 7.2.4).
    private static async Task<IReadOnlyList<SessionEventInfo>> ReplaceAsync(
        TContext context, IQueryable<IdentityUserSession<TKey>> replaced, UserSessionDescriptor session, CancellationToken cancellationToken)
    {
        var user = UserKey.Parse<TKey>(session.UserId)!;
        await SupersedeAsync(replaced.Where(row => row.UserId.Equals(user)), session, cancellationToken);
        var signedOut = new SessionEnd { Reason = SessionEndReason.SignedOut, At = session.CreatedAt };
        return await EndRowsAsync(context, replaced.Where(row => !row.UserId.Equals(user)), signedOut, EndScope.One, cancellationToken);
    }

    private static Task<int> SupersedeAsync(IQueryable<IdentityUserSession<TKey>> rows, UserSessionDescriptor session, CancellationToken cancellationToken) =>
        rows.Where(row => row.EndedAt == null).ExecuteUpdateAsync(
            row => row
                .SetProperty(old => old.EndedAt, session.CreatedAt)
                .SetProperty(old => old.EndReason, SessionEndReason.Superseded),
            cancellationToken);

    private static async Task<DbUpdateException?> TryInsertAsync(
        TContext context, SessionAdoption adoption, SessionEnd? judge, CancellationToken cancellationToken)
    {
        context.ChangeTracker.Clear();
        var row = SessionRows.Row<TKey>(adoption.Session);
        row.EndedAt = judge?.At;
        row.EndReason = judge?.Reason;
        context.Add(row);
        if (adoption.SignedIn is { } signedIn)
        {
            context.Add(SessionRows.Row<TEventKey>(signedIn));
        }

        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return null;
        }
        catch (DbUpdateException fault)
        {
            // A parallel request was first, or the sign-in's own late write, or there is no such user. The look-up that follows tells.
            context.ChangeTracker.Clear();
            return fault;
        }
    }

    private async Task<SessionRecord?> FindAdoptedAsync(
        TContext context, UserSessionDescriptor session, DbUpdateException fault, CancellationToken cancellationToken)
    {
        if (await FindAsync(session.KeyDigest, cancellationToken) is { } found)
        {
            return found;
        }

        var userId = UserKey.Parse<TKey>(session.UserId)!;
        return await context.Set<TUser>().IgnoreQueryFilters().AnyAsync(user => user.Id.Equals(userId), cancellationToken)
            ? throw new SessionsUnavailableException("A ticket could not be adopted: neither could its row be written, nor is there one.", fault)
            : null;
    }

    private static async Task<SessionEnd?> FindJudgeAsync(TContext context, string userId, DateTimeOffset? issuedAt, CancellationToken cancellationToken) =>
        await FirstJudgeAsync(Events(context).OfUser(userId), issuedAt, cancellationToken)
        ?? await FirstJudgeAsync(Events(context).OfForgotten(userId), issuedAt, cancellationToken)
        ?? (await FindJudgeOfEverybodyAsync(context, issuedAt, cancellationToken) is { } at
            ? new SessionEnd { Reason = SessionEndReason.RevokedByAdmin, At = at }
            : null);

    private static async Task<SessionEnd?> FirstJudgeAsync(
        IQueryable<IdentitySessionEvent<TEventKey>> events, DateTimeOffset? issuedAt, CancellationToken cancellationToken)
    {
        var judge = await events
            .ThatJudge(issuedAt)
            .NewestFirst()
            .Select(row => new { row.EndReason, row.OccurredAt })
            .FirstOrDefaultAsync(cancellationToken);

        return judge is null ? null : new SessionEnd { Reason = judge.EndReason ?? SessionEndReason.RevokedByAdmin, At = judge.OccurredAt };
    }

    private static SessionRecord AsEnded(UserSessionDescriptor session, SessionEnd end) =>
        session.AsRecord() with { EndedAt = end.At, EndReason = end.Reason };
}
