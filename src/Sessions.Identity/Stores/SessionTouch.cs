namespace Sessions.Identity.Stores;

/// <summary>A sign of life of a session.</summary>
internal sealed record SessionTouch
{
    public required Guid SessionId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Only rows that were last seen before this are written.</summary>
    public required DateTimeOffset DueBefore { get; init; }

    public string? IpAddress { get; init; }

    /// <summary>The latest end that the ticket can have after this request.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
