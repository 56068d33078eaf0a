namespace Sessions.Identity;

/// <summary>What a hook gets of any event of the trail.</summary>
public sealed class SessionEventContext : SessionHookContext
{
    internal SessionEventContext(Events.HookCall call)
        : base(call)
    {
    }
}
