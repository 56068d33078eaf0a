namespace Sessions.Identity;

/// <summary>What a hook gets of an event of the trail.</summary>
public sealed class SessionEventContext
{
    internal SessionEventContext(SessionEventInfo sessionEvent, IServiceProvider services, CancellationToken cancellationToken)
    {
        Event = sessionEvent;
        Services = services;
        CancellationToken = cancellationToken;
    }

    /// <summary>The event as it was written.</summary>
    public SessionEventInfo Event { get; }

    /// <summary>The services of a scope of the hook's own. The request that caused the event may be gone.</summary>
    public IServiceProvider Services { get; }

    /// <summary>Signalled when the app stops.</summary>
    public CancellationToken CancellationToken { get; }
}
