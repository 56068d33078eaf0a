namespace Sessions.Identity;

/// <summary>Callbacks that tell the host what happened, after it was written. They run off the request path and can break or delay nothing.</summary>
public sealed class UserSessionEvents
{
    /// <summary>Gets or sets what runs after a session was ended by decision.</summary>
    public Func<SessionRevokedContext, Task> OnSessionRevoked { get; set; } = _ => Task.CompletedTask;

    /// <summary>
    /// Gets or sets what runs after a sign-in that is too far from the user's previous one
    /// (<see cref="GeolocationOptions.ImpossibleTravelSpeed"/>), as soon as its place is known: with the sign-in, or later where the
    /// geolocator is slow. A known device far away counts too. Nothing was blocked.
    /// </summary>
    public Func<ImpossibleTravelContext, Task> OnImpossibleTravel { get; set; } = _ => Task.CompletedTask;

    /// <summary>Gets or sets what runs after any event of the trail was written.</summary>
    public Func<SessionEventContext, Task> OnEvent { get; set; } = _ => Task.CompletedTask;
}
