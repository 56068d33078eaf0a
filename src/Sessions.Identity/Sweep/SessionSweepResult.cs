namespace Sessions.Identity;

/// <summary>What a run of the sweep did. Times are UTC.</summary>
public sealed record SessionSweepResult
{
    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it was done.</summary>
    public required DateTimeOffset CompletedAt { get; init; }

    /// <summary>How many sessions ended because their time was over.</summary>
    public int ExpiredCount { get; init; }

    /// <summary>How many sessions ended because their user had more than <see cref="UserSessionOptions.MaxSessionsPerUser"/>.</summary>
    public int PrunedCount { get; init; }

    /// <summary>How many events were removed because they are kept no longer.</summary>
    public int PurgedEventCount { get; init; }

    /// <summary>How many rows of ended sessions were removed because they are kept no longer.</summary>
    public int PurgedSessionCount { get; init; }

    /// <summary>How many people were forgotten whose account had been deleted without Sessions being told.</summary>
    public int ForgottenUserCount { get; init; }
}
