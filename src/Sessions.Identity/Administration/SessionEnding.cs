namespace Sessions.Identity;

/// <summary>Many sessions that are being ended: how far it is. Times are UTC.</summary>
internal sealed record SessionEnding
{
    public required Guid Id { get; init; }

    public required UserSessionSearch Search { get; init; }

    /// <summary>The operator's own session, which stays.</summary>
    public Guid? Keep { get; init; }

    public string? ActorId { get; init; }

    public string? Note { get; init; }

    /// <summary>Sessions that began later are not ended.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>How many there were when it began.</summary>
    public int Expected { get; init; }

    public int Ended { get; init; }

    /// <summary>The session that the last batch ended with.</summary>
    public Guid? Last { get; init; }

    /// <summary>How many the walk that is under way has ended: it is over when a whole walk found none.</summary>
    public int EndedInWalk { get; init; }

    public EndingState State { get; init; }
}

/// <summary>Whether an ending goes on.</summary>
internal enum EndingState
{
    Running,
    Stopped,
    Done,
}
