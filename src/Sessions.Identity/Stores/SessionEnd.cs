namespace Sessions.Identity.Stores;

/// <summary>How a session ends: why, when, by whom.</summary>
internal sealed record SessionEnd
{
    public required string Reason { get; init; }

    public required DateTimeOffset At { get; init; }

    public string? ActorId { get; init; }

    public string? Note { get; init; }
}
