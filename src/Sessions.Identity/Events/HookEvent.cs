namespace Sessions.Identity.Events;

/// <summary>An event that waits for the host's hooks, with what is left of its request.</summary>
/// <param name="Info">The event as it was written.</param>
/// <param name="Request">What is left of its request.</param>
/// <param name="IsOnlyTravel">Whether it was told when it happened, and now its place is known: only who asked for far-away sign-ins is told.</param>
internal sealed record HookEvent(SessionEventInfo Info, SessionRequestInfo? Request, bool IsOnlyTravel = false);
