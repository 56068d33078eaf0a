namespace Sessions.Identity.Stores;

/// <summary>Which part of a user's trail is wanted.</summary>
internal sealed record SessionHistoryQuery
{
    public required string UserId { get; init; }

    public HistoryCursor? After { get; init; }

    public required int Count { get; init; }
}
