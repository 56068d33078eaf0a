namespace Sessions.Identity;

/// <summary>What every hook gets: the event as it was written, and what is left of the request that caused it.</summary>
/// <remarks>The request itself is gone by then. An instance belongs to one call of one hook.</remarks>
public abstract class SessionHookContext
{
    private readonly Events.HookCall _call;

    private protected SessionHookContext(Events.HookCall call) => _call = call;

    /// <summary>The event as it was written. <see cref="SessionEventInfo.Summary"/> is its flat form for an audit log.</summary>
    public SessionEventInfo Event => _call.Event.Info;

    /// <summary>A snapshot of the request that caused the event, or <see langword="null"/> where none did: a sweep, a job of the host's.</summary>
    public SessionRequestInfo? Request => _call.Event.Request;

    /// <summary>The event's reason in the language of its request, or <see langword="null"/> if it has none.</summary>
    public string? ReasonLabel => _call.ReasonLabel;

    /// <summary>Where the event came from, in one line: place, address, device.</summary>
    public string SourceLine => Event.SourceLine;

    /// <summary>The services of a scope of the hook's own.</summary>
    public IServiceProvider Services => _call.Services;

    /// <summary>Signalled when the app stops.</summary>
    public CancellationToken CancellationToken => _call.CancellationToken;
}
