namespace Sessions.Identity.SignIn;

/// <summary>Whether a "remember this machine" ticket may stand for the second factor.</summary>
internal enum MachineTrust
{
    NotAsked,

    /// <summary>Some session has its digest, and none of them was revoked.</summary>
    Bound,

    /// <summary>It is tied to no session yet: from before the install, from an outage, or written just now.</summary>
    Unbound,

    /// <summary>One of its sessions was revoked, or none is known: it is worth nothing for good.</summary>
    Worthless,

    /// <summary>There was no answer, and the app wants to be closed then.</summary>
    FailedClosed,
}
