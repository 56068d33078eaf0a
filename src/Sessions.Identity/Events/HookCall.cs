namespace Sessions.Identity.Events;

/// <summary>One call of one hook.</summary>
internal sealed record HookCall(HookEvent Event, string? ReasonLabel, IServiceProvider Services, CancellationToken CancellationToken);
