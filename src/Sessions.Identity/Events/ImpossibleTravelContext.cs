namespace Sessions.Identity;

/// <summary>What a hook gets when somebody signed in so far from their previous sign-in that nobody can have travelled there in the time between.</summary>
public sealed class ImpossibleTravelContext
{
    internal ImpossibleTravelContext(SessionEventInfo sessionEvent, IServiceProvider services, CancellationToken cancellationToken)
    {
        Event = sessionEvent;
        Services = services;
        CancellationToken = cancellationToken;
    }

    /// <summary>The sign-in, with its place, and the distance and time since the previous one. The device may be a known one.</summary>
    public SessionEventInfo Event { get; }

    /// <summary>The services of a scope of the hook's own. The request that caused the event may be gone.</summary>
    public IServiceProvider Services { get; }

    /// <summary>Signalled when the app stops.</summary>
    public CancellationToken CancellationToken { get; }
}
