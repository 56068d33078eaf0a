namespace Sessions.Identity;

/// <content>This part: what operators ask and do, across users. Who may call it is the app's to say.</content>
public sealed partial class UserSessionManager<TUser>
{
    /// <summary>Finds users by their id, or by what their name or email address is or begins with. Upper case doesn't matter.</summary>
    /// <param name="text">What is looked for.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>At most 25 users.</returns>
    public Task<IReadOnlyList<SessionUser>> FindUsersAsync(string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _administration.FindUsersAsync(text, cancellationToken);
    }

    /// <summary>Looks for events of everybody's, newest first.</summary>
    /// <remarks>A page looks at so many rows at most: it may have few events on it, or none, and still name where the next one begins.</remarks>
    /// <param name="search">Which events.</param>
    /// <param name="cursor">Where to go on: <see cref="SessionHistoryPage.NextCursor"/> of the page before. Anything else begins at the newest.</param>
    /// <param name="pageSize">How many events, from 1 to 200.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The page.</returns>
    public Task<SessionHistoryPage> SearchEventsAsync(SessionEventSearch search, string? cursor = null, int pageSize = 50, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(search);
        return _administration.SearchEventsAsync(search, cursor, pageSize, cancellationToken);
    }

    /// <summary>Reads all events that a search finds, newest first, page by page while they are consumed.</summary>
    /// <param name="search">Which events.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The events.</returns>
    public IAsyncEnumerable<SessionEventInfo> ReadEventsAsync(SessionEventSearch search, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(search);
        return _administration.ReadEventsAsync(search, cancellationToken);
    }

    /// <summary>Looks for sessions of everybody's, those begun last first.</summary>
    /// <remarks>A page looks at so many rows at most: it may have few sessions on it, or none, and still name where the next one begins.</remarks>
    /// <param name="search">Which sessions.</param>
    /// <param name="cursor">Where to go on: <see cref="UserSessionPage.NextCursor"/> of the page before. Anything else begins at the newest.</param>
    /// <param name="pageSize">How many sessions, from 1 to 200.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The page.</returns>
    public Task<UserSessionPage> SearchSessionsAsync(UserSessionSearch search, string? cursor = null, int pageSize = 50, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(search);
        return _administration.SearchSessionsAsync(search, cursor, pageSize, cancellationToken);
    }

    /// <summary>Counts the live sessions that <see cref="RevokeManyAsync"/> would end, and the people who have them.</summary>
    /// <remarks>It also ends those whose time is over and that no sweep has ended yet. They are not counted.</remarks>
    /// <param name="search">Which sessions.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The numbers, without the session that makes the request.</returns>
    public Task<SessionCount> CountSessionsAsync(UserSessionSearch search, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(search);
        return _administration.CountAsync(search, cancellationToken);
    }

    /// <summary>Reads what happened in the last 24 hours, by hour of UTC, and where failed attempts came from and went to.</summary>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The numbers, counted by the database.</returns>
    public Task<SessionOverview> GetOverviewAsync(CancellationToken cancellationToken = default) => _administration.GetOverviewAsync(cancellationToken);

    /// <summary>
    /// Revokes all live sessions that a search finds and that began before the call, in batches of 200, but the one that makes the request.
    /// Each batch is committed: cancelled or failed half-way, it can be called again for the rest.
    /// </summary>
    /// <param name="search">Which sessions. <see cref="UserSessionSearch.Everybody"/> also refuses tickets that have no row yet.</param>
    /// <param name="revocation">Why, by whom. By default: by an administrator.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>How many sessions ended.</returns>
    /// <exception cref="SessionsUnavailableException">The registry can't be reached, or gave no answer which session makes the request: that one must stay.</exception>
    public Task<int> RevokeManyAsync(UserSessionSearch search, SessionRevocation? revocation = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(search);
        return _endings.EndAllAsync(search, revocation ?? new SessionRevocation(), cancellationToken);
    }
}
