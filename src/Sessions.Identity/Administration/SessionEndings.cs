using Microsoft.Extensions.Logging;
using Sessions.Identity.Diagnostics;
using Sessions.Identity.Events;
using Sessions.Identity.Stores;

namespace Sessions.Identity.Administration;

/// <summary>Ends many sessions: begun by an operator, gone on with by the service, part by part.</summary>
internal sealed class SessionEndings(
    ISessionAdministrationStore store,
    SessionAdministration administration,
    UserSessions sessions,
    HookQueue hooks,
    EndingSignal signal,
    TimeProvider time,
    ILogger<SessionEndings> logger)
{
    /// <summary>Ends all that there are now, in the caller's own time.</summary>
    /// <returns>How many ended.</returns>
    public async Task<int> EndAllAsync(UserSessionSearch search, SessionRevocation revocation, CancellationToken cancellationToken)
    {
        if (search.IsOneUser)
        {
            return await EndUserAsync(search.UserId!, revocation, cancellationToken);
        }

        var ending = New(search, revocation, expected: 0);
        await JudgeAsync(ending, cancellationToken);
        while (ending.State != EndingState.Done)
        {
            ending = await UserSessions.AskAsync(() => StepAsync(ending, revocation.Reason, cancellationToken));
        }

        return ending.Ended;
    }

    /// <summary>Ends one session of a user's, but not the request's own.</summary>
    /// <returns>Whether it was live.</returns>
    public async Task<bool> EndOneAsync(UserSessionInfo session, SessionRevocation revocation, CancellationToken cancellationToken) =>
        sessions.CurrentToKeep() != session.Id && await sessions.RevokeAsync(session.UserId, session.Id, revocation, cancellationToken);

    /// <summary>Ends a user's sessions at once, with the event that judges tickets which have no row yet. The request's own session stays.</summary>
    public async Task<int> EndUserAsync(string userId, SessionRevocation revocation, CancellationToken cancellationToken)
    {
        // The id may be written in another way than the row has it.
        var current = sessions.CurrentToKeep();
        var user = await administration.FindUserAsync(userId, cancellationToken) is { Id: var id } ? id : userId;
        return await sessions.RevokeAllAsync(user, sessions.CurrentUserId == user ? current : null, revocation, cancellationToken);
    }

    /// <summary>Lets the service end all that there are now.</summary>
    public async Task<SessionEnding> BeginAsync(UserSessionSearch search, SessionRevocation revocation, CancellationToken cancellationToken)
    {
        var count = await administration.CountAsync(search, cancellationToken);
        var ending = New(search, revocation, count.Sessions);
        await JudgeAsync(ending, cancellationToken);
        await AskAsync(() => store.AddEndingAsync(ending, cancellationToken));
        signal.Wake();
        return ending;
    }

    public Task<SessionEnding?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        UserSessions.AskAsync(() => store.FindEndingAsync(id, cancellationToken));

    public Task<IReadOnlyList<SessionEnding>> ListAsync(CancellationToken cancellationToken) =>
        UserSessions.AskAsync(() => store.ListEndingsAsync(cancellationToken));

    public async Task<bool> SwitchAsync(Guid id, EndingState to, CancellationToken cancellationToken)
    {
        var isSwitched = await UserSessions.AskAsync(() => store.SwitchEndingAsync(id, to, cancellationToken));
        signal.Wake();
        return isSwitched;
    }

    /// <summary>Ends the next part. It is done when a whole walk over the registry has found nothing left to end.</summary>
    public async Task<SessionEnding> StepAsync(SessionEnding ending, string reason, CancellationToken cancellationToken)
    {
        var end = new SessionEnd { Reason = reason, At = time.GetUtcNow(), ActorId = ending.ActorId, Note = ending.Note };
        var part = await store.EndPartAsync(ending, end, cancellationToken);
        if (part.Found == 0)
        {
            return ending.EndedInWalk == 0 ? ending with { State = EndingState.Done } : ending with { Last = null, EndedInWalk = 0 };
        }

        logger.SessionsEnded(part.Events.Count, reason);
        await hooks.PublishAsync(part.Events, cancellationToken);
        return ending with { Last = part.Last, Ended = ending.Ended + part.Events.Count, EndedInWalk = ending.EndedInWalk + part.Events.Count };
    }

    // Before the first row is ended: a ticket that is being adopted meanwhile looks for it after its own commit, and the walk finds its row after ours.
    private Task JudgeAsync(SessionEnding ending, CancellationToken cancellationToken)
    {
        var by = ending.Search.Before is { } before && before <= ending.StartedAt ? before.AddTicks(-1) : ending.StartedAt;
        return ending.Search.IsEverybody ? AskAsync(() => store.JudgeEverybodyAsync(by, cancellationToken)) : Task.CompletedTask;
    }

    private SessionEnding New(UserSessionSearch search, SessionRevocation revocation, int expected)
    {
        var now = time.GetUtcNow();
        return new SessionEnding
        {
            Id = Guid.CreateVersion7(now),
            Search = administration.Kept(search),
            Keep = sessions.CurrentToKeep(),
            ActorId = revocation.ActorId,
            Note = revocation.Note,
            StartedAt = now,
            Expected = expected,
        };
    }

    private static Task<bool> AskAsync(Func<Task> ask) => UserSessions.AskAsync(async () =>
    {
        await ask();
        return true;
    });
}
