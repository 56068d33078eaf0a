using Sessions.Identity.Administration;

namespace Sessions.Identity.Stores;

/// <summary>What operators read and end, across users. Every list is bounded; a user's id that is none of the app's kind is nobody's.</summary>
internal interface ISessionAdministrationStore
{
    /// <summary>Finds users by id, or by what their name or address is or begins with.</summary>
    Task<IReadOnlyList<SessionUser>> FindUsersAsync(WantedUser wanted, int count, CancellationToken cancellationToken);

    /// <summary>Finds users by what their id, name or address is.</summary>
    Task<IReadOnlyList<SessionUser>> FindUsersExactlyAsync(WantedUser wanted, int count, CancellationToken cancellationToken);

    /// <summary>Finds one user.</summary>
    Task<SessionUser?> FindUserAsync(string userId, CancellationToken cancellationToken);

    /// <summary>Names users. One that is gone is left out.</summary>
    Task<IReadOnlyDictionary<string, string>> NamesOfAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken);

    /// <summary>Lists events, newest first.</summary>
    Task<FoundPage<SessionEventInfo>> SearchEventsAsync(SessionEventSearch search, HistoryCursor? after, int count, CancellationToken cancellationToken);

    /// <summary>Lists sessions, those begun last first.</summary>
    Task<FoundPage<UserSessionInfo>> SearchSessionsAsync(UserSessionSearch search, HistoryCursor? after, int count, CancellationToken cancellationToken);

    /// <summary>Finds a session, live or ended.</summary>
    Task<UserSessionInfo?> FindSessionAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Counts the live sessions that would be ended, and their people.</summary>
    Task<SessionCount> CountAsync(UserSessionSearch search, Guid? keep, CancellationToken cancellationToken);

    /// <summary>Counts so many of them at most, among so many that were begun last where no index finds them, and says whether there may be more.</summary>
    Task<(SessionCount Count, bool AreMore)> CountSomeAsync(UserSessionSearch search, Guid? keep, CancellationToken cancellationToken);

    /// <summary>Counts what happened by hour of UTC since an instant. Hours without anything are left out.</summary>
    Task<IReadOnlyList<SessionHour>> CountHoursAsync(DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Finds the addresses that most failures came from.</summary>
    Task<IReadOnlyList<FailureSource>> FindSourcesAsync(DateTimeOffset since, int count, CancellationToken cancellationToken);

    /// <summary>Finds the identities that most failures were typed against.</summary>
    Task<IReadOnlyList<FailureTarget>> FindTargetsAsync(DateTimeOffset since, int count, CancellationToken cancellationToken);

    /// <summary>Writes that an operator looked at a trail, once per write key.</summary>
    /// <returns>Whether this call wrote it.</returns>
    Task<bool> RecordViewAsync(SessionEventDescriptor viewed, string? actorId, CancellationToken cancellationToken);

    /// <summary>Ends a part of the live sessions that an ending is about, those after its last, in one transaction.</summary>
    Task<EndedSessions> EndPartAsync(SessionEnding ending, SessionEnd end, CancellationToken cancellationToken);

    /// <summary>Lets tickets without a row that were issued by an instant be refused, whosever they are.</summary>
    Task JudgeEverybodyAsync(DateTimeOffset by, CancellationToken cancellationToken);

    /// <summary>Keeps a new ending.</summary>
    Task AddEndingAsync(SessionEnding ending, CancellationToken cancellationToken);

    /// <summary>Finds an ending.</summary>
    Task<SessionEnding?> FindEndingAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Finds the endings that are kept, the newest first.</summary>
    Task<IReadOnlyList<SessionEnding>> ListEndingsAsync(CancellationToken cancellationToken);

    /// <summary>Finds endings that nobody works at.</summary>
    Task<IReadOnlyList<Guid>> FindWaitingAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Takes an ending for a node until an instant.</summary>
    Task<bool> TakeEndingAsync(Guid id, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Writes how far it is. Done gives it back.</summary>
    /// <returns>Whether the node still has it: not if it was stopped, or another node took it.</returns>
    Task<bool> WriteEndingAsync(SessionEnding ending, string owner, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Stops an ending, or lets it go on.</summary>
    /// <returns>Whether it was in the other state.</returns>
    Task<bool> SwitchEndingAsync(Guid id, EndingState to, CancellationToken cancellationToken);
}

/// <summary>Whom an operator looks for.</summary>
/// <param name="Text">What was written: an id, perhaps.</param>
/// <param name="Name">The same as the app compares names.</param>
/// <param name="Email">The same as the app compares addresses.</param>
internal sealed record WantedUser(string Text, string Name, string Email);

/// <summary>A part of many sessions, ended.</summary>
/// <param name="Found">How many were looked at.</param>
/// <param name="Last">The last of them.</param>
/// <param name="Events">The events of those that ended.</param>
internal sealed record EndedSessions(int Found, Guid? Last, IReadOnlyList<SessionEventInfo> Events);
