namespace Sessions.Identity.Stores;

/// <summary>What came of beginning a session.</summary>
/// <param name="Ended">The events of the sessions that ended for it.</param>
/// <param name="MayLeaveSurplus">
/// Whether sign-ins at the same time may have left one session too many: not where it took the place of one of its browser, and no more of them
/// were live than may be.
/// </param>
internal sealed record SessionBegun(IReadOnlyList<SessionEventInfo> Ended, bool MayLeaveSurplus);
