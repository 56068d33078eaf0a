namespace Sessions.Identity;

/// <summary>What a hook gets when failed sign-ins against one identity became many. It is called once for a burst.</summary>
public sealed class RepeatedFailuresContext : SessionHookContext
{
    internal RepeatedFailuresContext(Events.HookCall call, RepeatedFailuresOptions limit, string? ownerId)
        : base(call)
    {
        Limit = limit;
        OwnerId = ownerId;
    }

    /// <summary>The identity as it was typed, trimmed and lower-cased. There may be no such account.</summary>
    public string Identity => Event.Identity!;

    /// <summary>The threshold that was crossed, and the window.</summary>
    public RepeatedFailuresOptions Limit { get; }

    /// <summary>The id of the user whose own that identity is beyond doubt, or <see langword="null"/>: there is nobody to tell.</summary>
    /// <remarks>A user name, unless it is an unconfirmed address; email and phone only while confirmed.</remarks>
    public string? OwnerId { get; }
}
