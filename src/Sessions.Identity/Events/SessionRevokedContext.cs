namespace Sessions.Identity;

/// <summary>What a hook gets when a session was ended by decision: whose, by whom, and why.</summary>
public sealed class SessionRevokedContext : SessionHookContext
{
    internal SessionRevokedContext(Events.HookCall call)
        : base(call)
    {
    }

    /// <summary>The reason: one of <see cref="SessionEndReason"/>.</summary>
    public string Reason => Event.EndReason ?? SessionEndReason.RevokedByAdmin;

    /// <summary>Who ended it, where somebody else than the person did; else <see langword="null"/>.</summary>
    public string? ActorId => Event.ActorId;
}
