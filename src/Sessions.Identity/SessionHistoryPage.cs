namespace Sessions.Identity;

/// <summary>One page of a user's trail, newest first.</summary>
public sealed class SessionHistoryPage
{
    /// <summary>The events of this page.</summary>
    public required IReadOnlyList<SessionEventInfo> Events { get; init; }

    /// <summary>Where the next page begins, or <see langword="null"/> on the last one. Opaque: hand it back as it is.</summary>
    public string? NextCursor { get; init; }

    /// <summary>How far a search looked that stopped before its page was full.</summary>
    internal DateTimeOffset? LookedBackTo { get; init; }
}
