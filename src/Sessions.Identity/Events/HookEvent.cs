namespace Sessions.Identity.Events;

/// <summary>An event that waits for the host's hooks, with what is left of its request.</summary>
internal sealed record HookEvent(SessionEventInfo Info, SessionRequestInfo? Request);
