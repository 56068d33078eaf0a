namespace Sessions.Identity.Stores;

/// <summary>What became of a session that a request found must end.</summary>
/// <param name="Ended">Its event, if it was this attempt that ended it.</param>
/// <param name="IsLive">Whether it lives on: it was not as the look-up found it any more.</param>
/// <param name="EndReason">Why it ended, if it did.</param>
internal sealed record EndAttempt(SessionEventInfo? Ended, bool IsLive, string? EndReason);
