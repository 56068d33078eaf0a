namespace Sessions.Identity;

/// <summary>Which part of a person's trail is wanted. By default all of it.</summary>
public sealed record SessionHistoryFilter
{
    /// <summary>Everything.</summary>
    public static SessionHistoryFilter None { get; } = new();

    /// <summary>Which events.</summary>
    public SessionEventGroup Group { get; init; }

    /// <summary>Since when; that instant belongs to it. <see langword="null"/>: from the beginning.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Until when; that instant does not belong to it. <see langword="null"/>: to the end.</summary>
    public DateTimeOffset? Before { get; init; }
}
