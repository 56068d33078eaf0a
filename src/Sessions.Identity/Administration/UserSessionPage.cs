namespace Sessions.Identity;

/// <summary>A part of the registry.</summary>
public sealed class UserSessionPage
{
    /// <summary>Gets the sessions, those begun last first.</summary>
    public required IReadOnlyList<UserSessionInfo> Sessions { get; init; }

    /// <summary>Gets where the next page begins, or <see langword="null"/> on the last one.</summary>
    public string? NextCursor { get; init; }

    /// <summary>How far a search looked that stopped before its page was full.</summary>
    internal DateTimeOffset? LookedBackTo { get; init; }
}
