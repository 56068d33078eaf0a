using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sessions.Identity.Diagnostics;
using Sessions.Identity.Events;
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Notices;

/// <summary>"This wasn't me": what a link is about, and what its answer does. A token that is used, over, changed or unknown gives nothing.</summary>
/// <remarks>Every member throws <see cref="SessionsUnavailableException"/> if the registry can't be reached.</remarks>
internal sealed class SessionNotices(
    IUserSessionStore store,
    IAccounts accounts,
    NoticeTokens tokens,
    UserSessions sessions,
    HookQueue hooks,
    RequestDescriber describer,
    TrackingBoundary boundary,
    IHttpContextAccessor contexts,
    TimeProvider time,
    ILogger<SessionNotices> logger)
{
    /// <summary>Finds the sign-in that a link is about. Changes nothing: scanners of mails open links.</summary>
    public async Task<UserSessionInfo?> FindAsync(string? token, CancellationToken cancellationToken)
    {
        if (tokens.Read(token) is not { } key
            || await UserSessions.AskAsync(() => store.FindNoticeAsync(key.Digest(), cancellationToken)) is not { } session)
        {
            return null;
        }

        return session with { IsCurrent = session.Id == sessions.CurrentId };
    }

    /// <summary>Ends that session and what came after it on its device. It works once.</summary>
    public async Task<NoticeAnswer?> ReportAsync(string? token)
    {
        if (tokens.Read(token) is not { } key)
        {
            return null;
        }

        // Whoever hangs up after saying so still said so: no token of the request.
        var end = new SessionEnd { Reason = SessionEndReason.ReportedByUser, At = time.GetUtcNow() };
        if (await UserSessions.AskAsync(() => store.AnswerNoticeAsync(key.Digest(), end, CancellationToken.None)) is not { Count: > 0 } events)
        {
            return null;
        }

        logger.SessionsEnded(events.Count, end.Reason);
        var request = contexts.HttpContext is { } context ? describer.InfoOf(context) : null;
        foreach (var ended in events)
        {
            hooks.Publish(ended, request);
        }

        var userId = events[0].UserId!;
        var keys = AccountKeys.None;
        await boundary.RunHereAsync(TrackingStep.ReadSessions, async () => keys = await accounts.KeysOfAsync(userId)); // it is done, whatever comes now
        return new NoticeAnswer(userId, events.Any(ended => ended.SessionId == sessions.CurrentId), keys);
    }
}

/// <summary>A report that was written: whose session it was, whether it was the request's own, and by what that person signs in.</summary>
internal sealed record NoticeAnswer(string UserId, bool EndedCurrent, AccountKeys Keys);
