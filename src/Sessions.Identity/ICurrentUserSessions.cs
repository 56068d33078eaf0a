namespace Sessions.Identity;

/// <summary>The sessions of the user who makes the request, and of nobody else.</summary>
/// <remarks>
/// No member takes a user, so no caller can reach a session that is not theirs. Every member answers within
/// <see cref="UserSessionOptions.TrackingTimeout"/> or throws <see cref="SessionsUnavailableException"/>; then nothing was changed.
/// </remarks>
public interface ICurrentUserSessions
{
    /// <summary>Lists the user's live sessions, the current one first.</summary>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The sessions; empty if nobody is signed in.</returns>
    Task<IReadOnlyList<UserSessionInfo>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Finds one of the user's live sessions.</summary>
    /// <param name="sessionId">The session's id.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The session, or <see langword="null"/> if the user has no such live session.</returns>
    Task<UserSessionInfo?> FindAsync(Guid sessionId, CancellationToken cancellationToken = default);

    /// <summary>Reads the user's own trail, newest first.</summary>
    /// <param name="cursor">Where to go on: <see cref="SessionHistoryPage.NextCursor"/> of the page before.</param>
    /// <param name="pageSize">How many events, from 1 to 200.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The page.</returns>
    Task<SessionHistoryPage> GetHistoryAsync(string? cursor = null, int pageSize = 20, CancellationToken cancellationToken = default);

    /// <summary>Reads a part of the user's own trail, newest first.</summary>
    /// <param name="filter">Which part.</param>
    /// <param name="cursor">Where to go on: <see cref="SessionHistoryPage.NextCursor"/> of the page before, with the same filter.</param>
    /// <param name="pageSize">How many events, from 1 to 200.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The page.</returns>
    Task<SessionHistoryPage> FilterHistoryAsync(
        SessionHistoryFilter filter, string? cursor = null, int pageSize = 20, CancellationToken cancellationToken = default);

    /// <summary>Reads a part of the user's own trail to its end, newest first, a page of the database at a time: for downloads.</summary>
    /// <param name="filter">Which part.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests. Here it counts: a long read ends when nobody waits for it.</param>
    /// <returns>The events. It may throw <see cref="SessionsUnavailableException"/> between any two; <see cref="UserSessionOptions.TrackingTimeout"/> does not bound it.</returns>
    IAsyncEnumerable<SessionEventInfo> ReadHistoryAsync(SessionHistoryFilter filter, CancellationToken cancellationToken = default);

    /// <summary>Counts the user's sign-ins and failed attempts of each of the last days: the newest 10,000 sign-ins, and the newest 10,000 attempts against each of their identities.</summary>
    /// <param name="days">How many days, today included, from 1 to 366. Days are those of UTC.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>Every one of those days, the oldest first; none if nobody is signed in.</returns>
    Task<IReadOnlyList<SignInDay>> GetSignInDaysAsync(int days = 90, CancellationToken cancellationToken = default);

    /// <summary>Signs out one of the user's other devices.</summary>
    /// <param name="sessionId">The session's id.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns><see langword="false"/> if the user has no such live session, or it is the current one.</returns>
    Task<bool> RevokeAsync(Guid sessionId, CancellationToken cancellationToken = default);

    /// <summary>Signs the user out everywhere but here.</summary>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>How many sessions ended.</returns>
    Task<int> RevokeOthersAsync(CancellationToken cancellationToken = default);
}
