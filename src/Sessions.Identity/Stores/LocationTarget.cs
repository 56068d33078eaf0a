namespace Sessions.Identity.Stores;

/// <summary>What a place is filled into: a session's row, the event that was written with it, and later events of the same session and address.</summary>
internal sealed record LocationTarget(Guid? SessionId, SessionEventDescriptor? Event, string? IpAddress);
