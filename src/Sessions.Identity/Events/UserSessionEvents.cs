namespace Sessions.Identity;

/// <summary>Tells the host what happened, after it was written. Set the callbacks, or derive a class and name it as <see cref="UserSessionOptions.EventsType"/>.</summary>
/// <remarks>
/// They run off the request path, one after the other, each with services of its own, and can break or delay no sign-in. One that takes
/// longer than 30 seconds is no longer waited for. What is waiting when the app stops is told before it is gone.
/// </remarks>
public class UserSessionEvents
{
    /// <summary>Gets or sets what runs after any event of the trail was written.</summary>
    public Func<SessionEventContext, Task> OnEvent { get; set; } = _ => Task.CompletedTask;

    /// <summary>Gets or sets what runs after a sign-in from a device that is new to its user.</summary>
    public Func<NewDeviceContext, Task> OnNewDevice { get; set; } = _ => Task.CompletedTask;

    /// <summary>
    /// Gets or sets what runs after a sign-in that is too far from the user's previous one
    /// (<see cref="GeolocationOptions.ImpossibleTravelSpeed"/>), as soon as its place is known: with the sign-in, or later where the
    /// geolocator is slow. A known device far away counts too. Nothing was blocked.
    /// </summary>
    public Func<ImpossibleTravelContext, Task> OnImpossibleTravel { get; set; } = _ => Task.CompletedTask;

    /// <summary>Gets or sets what runs after a session was ended by decision.</summary>
    public Func<SessionRevokedContext, Task> OnSessionRevoked { get; set; } = _ => Task.CompletedTask;

    /// <summary>Gets or sets what runs when failures against one identity cross <see cref="UserSessionOptions.RepeatedFailures"/>.</summary>
    public Func<RepeatedFailuresContext, Task> OnRepeatedFailures { get; set; } = _ => Task.CompletedTask;

    /// <summary>Runs after any event of the trail was written.</summary>
    /// <param name="context">The event.</param>
    /// <returns>A task that is done when the hook is.</returns>
    public virtual Task SessionEvent(SessionEventContext context) => OnEvent(context);

    /// <summary>Runs after a sign-in from a device that is new to its user.</summary>
    /// <param name="context">The sign-in.</param>
    /// <returns>A task that is done when the hook is.</returns>
    public virtual Task NewDevice(NewDeviceContext context) => OnNewDevice(context);

    /// <summary>Runs after a sign-in that is too far from the user's previous one, as soon as its place is known.</summary>
    /// <param name="context">The sign-in.</param>
    /// <returns>A task that is done when the hook is.</returns>
    public virtual Task ImpossibleTravel(ImpossibleTravelContext context) => OnImpossibleTravel(context);

    /// <summary>Runs after a session was ended by decision.</summary>
    /// <param name="context">The end.</param>
    /// <returns>A task that is done when the hook is.</returns>
    public virtual Task SessionRevoked(SessionRevokedContext context) => OnSessionRevoked(context);

    /// <summary>Runs when failures against one identity became many, once for a burst.</summary>
    /// <param name="context">The failure that crossed the threshold.</param>
    /// <returns>A task that is done when the hook is.</returns>
    public virtual Task RepeatedFailures(RepeatedFailuresContext context) => OnRepeatedFailures(context);
}
