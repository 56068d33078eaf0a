namespace Sessions.Identity.Stores;

/// <summary>A sign of life of a session.</summary>
internal sealed record SessionTouch
{
    public required Guid SessionId { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Only rows that were last seen before this are written. Null: last activity is never written.</summary>
    public required DateTimeOffset? DueBefore { get; init; }

    public string? IpAddress { get; init; }

    /// <summary>The latest end that the ticket can have after this request.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The end that the row gets if its own is before the ticket's: somewhat later, so that not every request of a burst moves it.</summary>
    public DateTimeOffset? KeptUntil { get; init; }
}
