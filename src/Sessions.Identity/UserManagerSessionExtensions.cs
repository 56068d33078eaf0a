using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity;

namespace Microsoft.AspNetCore.Identity;

/// <summary>A user's sessions, from the manager that apps have at hand. See <see cref="UserSessionManager{TUser}"/>.</summary>
public static class UserManagerSessionExtensions
{
    /// <summary>Lists a user's live sessions, the request's own first.</summary>
    /// <typeparam name="TUser">The type of the app's users.</typeparam>
    /// <param name="userManager">The manager of users.</param>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The sessions whose ticket can still be valid.</returns>
    public static Task<IReadOnlyList<UserSessionInfo>> GetSessionsAsync<TUser>(
        this UserManager<TUser> userManager, TUser user, CancellationToken cancellationToken = default)
        where TUser : class => Sessions(userManager).GetSessionsAsync(user, cancellationToken);

    /// <summary>Reads a user's trail, newest first, with the failed attempts typed against identities that are theirs.</summary>
    /// <typeparam name="TUser">The type of the app's users.</typeparam>
    /// <param name="userManager">The manager of users.</param>
    /// <param name="user">The user.</param>
    /// <param name="cursor">Where to go on: <see cref="SessionHistoryPage.NextCursor"/> of the page before.</param>
    /// <param name="pageSize">How many events, from 1 to 200.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The page.</returns>
    public static Task<SessionHistoryPage> GetSessionHistoryAsync<TUser>(
        this UserManager<TUser> userManager, TUser user, string? cursor = null, int pageSize = 20, CancellationToken cancellationToken = default)
        where TUser : class => Sessions(userManager).GetHistoryAsync(user, cursor, pageSize, cancellationToken);

    /// <summary>Revokes one of a user's sessions: it is refused at its next request.</summary>
    /// <typeparam name="TUser">The type of the app's users.</typeparam>
    /// <param name="userManager">The manager of users.</param>
    /// <param name="user">The user.</param>
    /// <param name="sessionId">The session's id.</param>
    /// <param name="revocation">Why, by whom. By default: by an administrator.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns><see langword="false"/> if the user has no such live session.</returns>
    /// <exception cref="SessionsUnavailableException">It could not be written; the session is as live as before.</exception>
    public static Task<bool> RevokeSessionAsync<TUser>(
        this UserManager<TUser> userManager, TUser user, Guid sessionId, SessionRevocation? revocation = null, CancellationToken cancellationToken = default)
        where TUser : class => Sessions(userManager).RevokeAsync(user, sessionId, revocation, cancellationToken);

    /// <summary>Revokes all of a user's sessions but one.</summary>
    /// <typeparam name="TUser">The type of the app's users.</typeparam>
    /// <param name="userManager">The manager of users.</param>
    /// <param name="user">The user.</param>
    /// <param name="keepSessionId">The session that stays.</param>
    /// <param name="revocation">Why, by whom. By default: by an administrator.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>How many sessions ended.</returns>
    /// <exception cref="SessionsUnavailableException">It could not be written; every session is as live as before.</exception>
    public static Task<int> RevokeOtherSessionsAsync<TUser>(
        this UserManager<TUser> userManager, TUser user, Guid keepSessionId, SessionRevocation? revocation = null, CancellationToken cancellationToken = default)
        where TUser : class => Sessions(userManager).RevokeOthersAsync(user, keepSessionId, revocation, cancellationToken);

    /// <summary>Revokes all of a user's sessions.</summary>
    /// <typeparam name="TUser">The type of the app's users.</typeparam>
    /// <param name="userManager">The manager of users.</param>
    /// <param name="user">The user.</param>
    /// <param name="revocation">Why, by whom. By default: by an administrator.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>How many sessions ended.</returns>
    /// <exception cref="SessionsUnavailableException">It could not be written; every session is as live as before.</exception>
    public static Task<int> RevokeAllSessionsAsync<TUser>(
        this UserManager<TUser> userManager, TUser user, SessionRevocation? revocation = null, CancellationToken cancellationToken = default)
        where TUser : class => Sessions(userManager).RevokeAllAsync(user, revocation, cancellationToken);

    /// <summary>
    /// Forgets a user: removes their sessions and their whole trail, and takes their user name, email and phone off the failed attempts
    /// that stay, and their id off what they did as an operator. The account goes on; its devices are signed out. Deleting an account does
    /// the same by itself.
    /// </summary>
    /// <typeparam name="TUser">The type of the app's users.</typeparam>
    /// <param name="userManager">The manager of users.</param>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>A task that is done when everything is removed. First, in one transaction, every device is signed out; the rest goes part by part.</returns>
    /// <exception cref="SessionsUnavailableException">
    /// It could not be done to the end. Either nothing was, or every device is signed out and a part is removed: to call it again removes the rest.
    /// </exception>
    public static Task ForgetSessionsAsync<TUser>(this UserManager<TUser> userManager, TUser user, CancellationToken cancellationToken = default)
        where TUser : class => Sessions(userManager).ForgetAsync(user, cancellationToken);

    /// <summary>Reads everything that is kept of a user's sessions and sign-ins, for their copy of their personal data.</summary>
    /// <typeparam name="TUser">The type of the app's users.</typeparam>
    /// <param name="userManager">The manager of users.</param>
    /// <param name="user">The user.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>All of it. Only retention bounds it.</returns>
    /// <exception cref="SessionsUnavailableException">It could not be read.</exception>
    public static Task<SessionsPersonalData> GetSessionsPersonalDataAsync<TUser>(
        this UserManager<TUser> userManager, TUser user, CancellationToken cancellationToken = default)
        where TUser : class => Sessions(userManager).GetPersonalDataAsync(user, cancellationToken);

    private static UserSessionManager<TUser> Sessions<TUser>(UserManager<TUser> userManager)
        where TUser : class
    {
        ArgumentNullException.ThrowIfNull(userManager);
        return userManager.ServiceProvider.GetService<UserSessionManager<TUser>>()
            ?? throw new InvalidOperationException("Sessions are not set up. Call AddSessions() on the IdentityBuilder.");
    }
}
