namespace Sessions.Identity.Stores;

/// <summary>What became of a session that was to end because its time is over.</summary>
/// <param name="Expired">Its event, if it was this attempt that ended it.</param>
/// <param name="IsLive">Whether it lives on: it was active meanwhile.</param>
/// <param name="EndReason">Why it ended, if it did.</param>
internal sealed record ExpiryAttempt(SessionEventInfo? Expired, bool IsLive, string? EndReason);
