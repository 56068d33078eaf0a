namespace Sessions.Identity;

/// <summary>What a hook gets when a session was ended by decision.</summary>
public sealed class SessionRevokedContext
{
    internal SessionRevokedContext(SessionEventInfo sessionEvent, IServiceProvider services, CancellationToken cancellationToken)
    {
        Event = sessionEvent;
        Services = services;
        CancellationToken = cancellationToken;
    }

    /// <summary>The event as it was written: whose session, who ended it, and why.</summary>
    public SessionEventInfo Event { get; }

    /// <summary>The reason: one of <see cref="SessionEndReason"/>.</summary>
    public string Reason => Event.EndReason ?? SessionEndReason.RevokedByAdmin;

    /// <summary>The services of a scope of the hook's own. The request that caused the event may be gone.</summary>
    public IServiceProvider Services { get; }

    /// <summary>Signalled when the app stops.</summary>
    public CancellationToken CancellationToken { get; }
}
