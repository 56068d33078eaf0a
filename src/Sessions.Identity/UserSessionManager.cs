using Microsoft.AspNetCore.Identity;
using Sessions.Identity.Administration;

namespace Sessions.Identity;

/// <summary>The sessions of an app's users: for apps and operators. A person's own pages use <see cref="ICurrentUserSessions"/>.</summary>
/// <typeparam name="TUser">The type of the app's users.</typeparam>
/// <remarks>Every member throws <see cref="SessionsUnavailableException"/> if the registry can't be reached. An instance belongs to one scope.</remarks>
public sealed partial class UserSessionManager<TUser>
    where TUser : class
{
    private readonly UserManager<TUser> _users;
    private readonly UserSessions _sessions;
    private readonly SessionAdministration _administration;
    private readonly SessionEndings _endings;

    /// <summary>Made by the container.</summary>
    internal UserSessionManager(UserManager<TUser> users, UserSessions sessions, SessionAdministration administration, SessionEndings endings)
    {
        _administration = administration;
        _endings = endings;
        _users = users;
        _sessions = sessions;
    }

    /// <summary>Lists a user's live sessions whose ticket can still be valid: the request's own first, then the most recently active.</summary>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>At most 500 sessions.</returns>
    public async Task<IReadOnlyList<UserSessionInfo>> GetSessionsAsync(TUser user, CancellationToken cancellationToken = default) =>
        await _sessions.ListAsync(await IdOfAsync(user), cancellationToken);

    /// <summary>Finds one of a user's sessions, live or ended.</summary>
    /// <param name="user">The user.</param>
    /// <param name="sessionId">The session's id.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The session, or <see langword="null"/> if the user has none of that id.</returns>
    public async Task<UserSessionInfo?> FindSessionAsync(TUser user, Guid sessionId, CancellationToken cancellationToken = default) =>
        await _sessions.FindAsync(await IdOfAsync(user), sessionId, cancellationToken);

    /// <summary>Reads a user's trail, newest first, with the failed attempts typed against identities that are theirs.</summary>
    /// <param name="user">The user.</param>
    /// <param name="cursor">Where to go on: <see cref="SessionHistoryPage.NextCursor"/> of the page before. Anything else begins at the newest.</param>
    /// <param name="pageSize">How many events, from 1 to 200.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The page.</returns>
    public async Task<SessionHistoryPage> GetHistoryAsync(TUser user, string? cursor = null, int pageSize = 20, CancellationToken cancellationToken = default) =>
        await _sessions.GetHistoryAsync(await IdOfAsync(user), cursor, pageSize, cancellationToken);

    /// <summary>Revokes one of a user's sessions: it is refused at its next request.</summary>
    /// <param name="user">The user.</param>
    /// <param name="sessionId">The session's id.</param>
    /// <param name="revocation">Why, by whom. By default: by an administrator.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns><see langword="false"/> if the user has no such live session.</returns>
    public async Task<bool> RevokeAsync(TUser user, Guid sessionId, SessionRevocation? revocation = null, CancellationToken cancellationToken = default) =>
        await _sessions.RevokeAsync(await IdOfAsync(user), sessionId, revocation, cancellationToken);

    /// <summary>Revokes all of a user's sessions but one.</summary>
    /// <param name="user">The user.</param>
    /// <param name="keepSessionId">The session that stays.</param>
    /// <param name="revocation">Why, by whom. By default: by an administrator.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>How many sessions ended.</returns>
    public async Task<int> RevokeOthersAsync(TUser user, Guid keepSessionId, SessionRevocation? revocation = null, CancellationToken cancellationToken = default) =>
        await _sessions.RevokeAllAsync(await IdOfAsync(user), keepSessionId, revocation, cancellationToken);

    /// <summary>Revokes all of a user's sessions, the request's own too if it is one of them.</summary>
    /// <param name="user">The user.</param>
    /// <param name="revocation">Why, by whom. By default: by an administrator.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>How many sessions ended.</returns>
    public async Task<int> RevokeAllAsync(TUser user, SessionRevocation? revocation = null, CancellationToken cancellationToken = default) =>
        await _sessions.RevokeAllAsync(await IdOfAsync(user), keep: null, revocation, cancellationToken);

    /// <summary>
    /// Forgets a user: removes their sessions and their whole trail, and takes their user name, email and phone off the failed attempts
    /// that stay, and their id off what they did as an operator. The account goes on; its devices are signed out. Deleting an account does
    /// the same by itself.
    /// </summary>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that is done when everything is removed. First, in one transaction, every device is signed out; the rest goes part by part.</returns>
    /// <exception cref="SessionsUnavailableException">
    /// It could not be done to the end. Either nothing was, or every device is signed out and a part is removed: to call it again removes the rest.
    /// </exception>
    public async Task ForgetAsync(TUser user, CancellationToken cancellationToken = default) =>
        await _sessions.ForgetAsync(await IdOfAsync(user), cancellationToken);

    /// <summary>Reads everything that is kept of a user's sessions and sign-ins, for their copy of their personal data.</summary>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>All of it. Only retention bounds it.</returns>
    public async Task<SessionsPersonalData> GetPersonalDataAsync(TUser user, CancellationToken cancellationToken = default) =>
        await _sessions.GetPersonalDataAsync(await IdOfAsync(user), cancellationToken);

    /// <summary>
    /// Parses the stored user agents and client hints of all sessions and events anew, for use after an update of the rules that name
    /// devices. Works in batches of 500 rows; it can be stopped at any point and called again.
    /// </summary>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>How many rows came out differently and were changed.</returns>
    public Task<int> ReparseDevicesAsync(CancellationToken cancellationToken = default) => _sessions.ReparseDevicesAsync(cancellationToken);

    private Task<string> IdOfAsync(TUser user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return _users.GetUserIdAsync(user);
    }
}
