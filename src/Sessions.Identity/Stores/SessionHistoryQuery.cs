namespace Sessions.Identity.Stores;

/// <summary>Which part of a user's trail is wanted.</summary>
internal sealed record SessionHistoryQuery
{
    public required string UserId { get; init; }

    /// <summary>The user's own identities, normalised, whose failures are shown with the trail.</summary>
    public IReadOnlyList<string> Identities { get; init; } = [];

    public HistoryCursor? After { get; init; }

    public required int Count { get; init; }
}
