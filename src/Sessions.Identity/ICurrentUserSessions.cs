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
