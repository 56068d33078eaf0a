namespace Sessions.Identity.Stores;

/// <summary>Which part of a user's trail is wanted.</summary>
internal sealed record SessionHistoryQuery
{
    public required string UserId { get; init; }

    public SessionHistoryFilter Filter { get; init; } = SessionHistoryFilter.None;

    public HistoryCursor? After { get; init; }

    public required int Count { get; init; }
}
