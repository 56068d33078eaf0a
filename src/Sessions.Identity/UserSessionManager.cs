using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Identity.Diagnostics;
using Sessions.Identity.Events;
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity;

/// <summary>The sessions of an app's users: for apps and operators. A person's own pages use <see cref="ICurrentUserSessions"/>.</summary>
/// <typeparam name="TUser">The type of the app's users.</typeparam>
/// <remarks>Every member throws <see cref="SessionsUnavailableException"/> if the registry can't be reached. An instance belongs to one scope.</remarks>
public sealed class UserSessionManager<TUser>
    where TUser : class
{
    private const int MostPerPage = 200;

    private readonly UserManager<TUser> _users;
    private readonly IUserSessionStore _store;
    private readonly HookQueue _hooks;
    private readonly IHttpContextAccessor _contexts;
    private readonly UserSessionOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<UserSessionManager<TUser>> _logger;

    /// <summary>Made by the container.</summary>
    internal UserSessionManager(
        UserManager<TUser> users,
        IUserSessionStore store,
        HookQueue hooks,
        IHttpContextAccessor contexts,
        IOptions<UserSessionOptions> options,
        TimeProvider time,
        ILogger<UserSessionManager<TUser>> logger)
    {
        _users = users;
        _store = store;
        _hooks = hooks;
        _contexts = contexts;
        _options = options.Value;
        _time = time;
        _logger = logger;
    }

    /// <summary>Lists a user's live sessions whose ticket can still be valid: the request's own first, then the most recently active.</summary>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>At most 500 sessions.</returns>
    public async Task<IReadOnlyList<UserSessionInfo>> GetSessionsAsync(TUser user, CancellationToken cancellationToken = default)
    {
        var userId = await IdOfAsync(user);
        var sessions = await AskAsync(() => _store.ListAsync(userId, cancellationToken));
        return [.. sessions.Select(Seen).OrderByDescending(session => session.IsCurrent)];
    }

    /// <summary>Finds one of a user's sessions, live or ended.</summary>
    /// <param name="user">The user.</param>
    /// <param name="sessionId">The session's id.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The session, or <see langword="null"/> if the user has none of that id.</returns>
    public async Task<UserSessionInfo?> FindSessionAsync(TUser user, Guid sessionId, CancellationToken cancellationToken = default)
    {
        var userId = await IdOfAsync(user);
        return await AskAsync(() => _store.FindAsync(userId, sessionId, cancellationToken)) is { } session ? Seen(session) : null;
    }

    /// <summary>Reads a user's trail, newest first, with the failed attempts typed against identities that are theirs.</summary>
    /// <param name="user">The user.</param>
    /// <param name="cursor">Where to go on: <see cref="SessionHistoryPage.NextCursor"/> of the page before. Anything else begins at the newest.</param>
    /// <param name="pageSize">How many events, from 1 to 200.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The page.</returns>
    public async Task<SessionHistoryPage> GetHistoryAsync(TUser user, string? cursor = null, int pageSize = 20, CancellationToken cancellationToken = default)
    {
        var count = Math.Clamp(pageSize, 1, MostPerPage);
        var query = new SessionHistoryQuery
        {
            UserId = await IdOfAsync(user),
            Identities = await UserIdentities.OfAsync(_users, user),
            After = HistoryCursor.Parse(cursor),
            Count = count + 1,
        };
        var events = await AskAsync(() => _store.ListEventsAsync(query, cancellationToken));
        var page = events.Take(count).Select(Seen).ToArray();
        return new SessionHistoryPage
        {
            Events = page,
            NextCursor = events.Count > count ? new HistoryCursor(page[^1].OccurredAt, page[^1].Id).ToString() : null,
        };
    }

    /// <summary>Revokes one of a user's sessions: it is refused at its next request.</summary>
    /// <param name="user">The user.</param>
    /// <param name="sessionId">The session's id.</param>
    /// <param name="revocation">Why, by whom. By default: by an administrator.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns><see langword="false"/> if the user has no such live session.</returns>
    public async Task<bool> RevokeAsync(TUser user, Guid sessionId, SessionRevocation? revocation = null, CancellationToken cancellationToken = default)
    {
        var userId = await IdOfAsync(user);
        var end = EndBy(revocation);
        if (await AskAsync(() => _store.EndAsync(userId, sessionId, end, cancellationToken)) is not { } ended)
        {
            return false;
        }

        Ended([ended], end);
        return true;
    }

    /// <summary>Revokes all of a user's sessions but one.</summary>
    /// <param name="user">The user.</param>
    /// <param name="keepSessionId">The session that stays.</param>
    /// <param name="revocation">Why, by whom. By default: by an administrator.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>How many sessions ended.</returns>
    public Task<int> RevokeOthersAsync(TUser user, Guid keepSessionId, SessionRevocation? revocation = null, CancellationToken cancellationToken = default) =>
        RevokeManyAsync(user, keepSessionId, revocation, cancellationToken);

    /// <summary>Revokes all of a user's sessions, the request's own too if it is one of them.</summary>
    /// <param name="user">The user.</param>
    /// <param name="revocation">Why, by whom. By default: by an administrator.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>How many sessions ended.</returns>
    public Task<int> RevokeAllAsync(TUser user, SessionRevocation? revocation = null, CancellationToken cancellationToken = default) =>
        RevokeManyAsync(user, keep: null, revocation, cancellationToken);

    private async Task<int> RevokeManyAsync(TUser user, Guid? keep, SessionRevocation? revocation, CancellationToken cancellationToken)
    {
        var userId = await IdOfAsync(user);
        var end = EndBy(revocation);
        var ended = await AskAsync(() => _store.EndAllAsync(userId, keep, end, cancellationToken));
        Ended(ended, end);
        return ended.Count;
    }

    private SessionEnd EndBy(SessionRevocation? revocation)
    {
        revocation ??= new SessionRevocation();
        return new SessionEnd { Reason = revocation.Reason, At = _time.GetUtcNow(), ActorId = revocation.ActorId, Note = revocation.Note };
    }

    private void Ended(IReadOnlyList<SessionEventInfo> events, SessionEnd end)
    {
        _logger.SessionsEnded(events.Count, end.Reason);
        foreach (var ended in events)
        {
            _hooks.Publish(ended);
        }
    }

    private Task<string> IdOfAsync(TUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return _users.GetUserIdAsync(user);
    }

    // Whose request this is, is told by its ticket, never by what a caller sends.
    private Guid? CurrentSessionId => _contexts.HttpContext is { } context ? SessionRequest.Of(context).Ticket?.Session?.Id : null;

    private UserSessionInfo Seen(UserSessionInfo session)
    {
        var isCurrent = session.Id == CurrentSessionId;
        var isActive = session.EndedAt is null && (isCurrent || _time.GetUtcNow() - session.LastSeenAt < (_options.LastSeenInterval ?? TimeSpan.Zero));
        return session with { IsCurrent = isCurrent, IsActiveNow = isActive };
    }

    private SessionEventInfo Seen(SessionEventInfo sessionEvent) =>
        sessionEvent with { IsCurrent = sessionEvent.SessionId is { } id && id == CurrentSessionId };

    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception fault) when (fault is not OperationCanceledException and not SessionsUnavailableException)
        {
            throw new SessionsUnavailableException("The registry of sessions could not be read or written. Nothing was changed.", fault);
        }
    }
}
