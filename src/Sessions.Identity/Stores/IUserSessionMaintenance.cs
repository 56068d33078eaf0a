namespace Sessions.Identity.Stores;

/// <summary>What of the store runs off every request: the sweep, and forgetting people. Each batch is committed on its own.</summary>
internal interface IUserSessionMaintenance
{
    /// <summary>Takes the sweep for this node.</summary>
    /// <returns>The lease, or <see langword="null"/> if another node has it.</returns>
    Task<ISweepLease?> TryLeaseAsync(CancellationToken cancellationToken);

    /// <summary>Reads what the last sweep left, as JSON.</summary>
    Task<string?> FindLastSweepAsync(CancellationToken cancellationToken);

    /// <summary>Finds the sessions that keys belong to. One without a row is left out.</summary>
    Task<IReadOnlyDictionary<string, Guid>> FindIdsAsync(IReadOnlyCollection<string> keyDigests, CancellationToken cancellationToken);

    /// <summary>Moves the last activity of live sessions that were last seen by an instant.</summary>
    Task TouchManyAsync(IReadOnlyCollection<Guid> ids, DateTimeOffset at, DateTimeOffset dueBefore, CancellationToken cancellationToken);

    /// <summary>Ends the sessions whose time is over.</summary>
    IAsyncEnumerable<IReadOnlyList<SessionEventInfo>> ExpireAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Ends the oldest sessions of users who have more than the cap.</summary>
    IAsyncEnumerable<IReadOnlyList<SessionEventInfo>> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Removes events that are kept no longer. Decisions that may yet judge a ticket stay, without anything personal.</summary>
    IAsyncEnumerable<int> PurgeEventsAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Removes ended sessions that are kept no longer and may judge no ticket any more.</summary>
    IAsyncEnumerable<int> PurgeEndedAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Removes what is remembered of bursts of failures that are over.</summary>
    Task PurgeBurstsAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Removes what is kept of endings by operators that are over for long.</summary>
    Task PurgeEndingsAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Forgets people whose account is gone although nobody said so, as plain SQL deletes.</summary>
    /// <returns>One for each person, and zero for each part of one that others follow.</returns>
    IAsyncEnumerable<int> ForgetVanishedAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Removes a person's sessions and trail, and takes their name off what stays. The account may go on, signed out before all else.</summary>
    Task ForgetAsync(string userId, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Does what the options say with what is left of a person whose account was deleted.</summary>
    /// <returns>
    /// Whether nothing is left to do. Not where the account is still there, as its deletion is not committed yet or never was, nor where a turn was
    /// too short for all of it: the next one goes on.
    /// </returns>
    Task<bool> ForgetDeletedAsync(DeletedUser user, TimeSpan turn, CancellationToken cancellationToken);

    /// <summary>Reads everything that is kept of a person.</summary>
    Task<SessionsPersonalData> ReadPersonalDataAsync(string userId, CancellationToken cancellationToken);
}
