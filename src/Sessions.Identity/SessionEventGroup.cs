namespace Sessions.Identity;

/// <summary>Which events of a trail somebody wants to see.</summary>
public enum SessionEventGroup
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>Sign-ins that succeeded.</summary>
    SignIns,

    /// <summary>Attempts to sign in that failed.</summary>
    Failed,

    /// <summary>
    /// What somebody who worries about the account looks for: sign-ins from a new device or from impossibly far away, sessions ended by
    /// decision, second factors, confirmed access, and every other kind that is not daily life.
    /// </summary>
    Security,
}
