namespace Sessions.Identity;

/// <summary>What a hook gets when somebody signed in from a device that is new to them.</summary>
public sealed class NewDeviceContext : SessionHookContext
{
    internal NewDeviceContext(Events.HookCall call)
        : base(call)
    {
    }

    /// <summary>The id of the user who signed in.</summary>
    public string UserId => Event.UserId!;

    /// <summary>The device's name as a person reads it.</summary>
    public string DeviceName => Event.DeviceName;
}
