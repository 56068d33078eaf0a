namespace Sessions.Identity;

/// <summary>What a hook gets when somebody signed in so far from their previous sign-in that nobody can have travelled there in the time between.</summary>
public sealed class ImpossibleTravelContext : SessionHookContext
{
    internal ImpossibleTravelContext(Events.HookCall call)
        : base(call)
    {
    }

    /// <summary>The id of the user who signed in. The device may be a known one.</summary>
    public string UserId => Event.UserId!;

    /// <summary>The distance from the previous sign-in, in kilometres.</summary>
    public double Distance => Event.TravelDistance!.Value;

    /// <summary>The time since the previous sign-in.</summary>
    public TimeSpan Time => Event.TravelTime!.Value;
}
