namespace Sessions.Identity.Accounts;

/// <summary>A change of an account that ends its other sessions: of the password, of the security stamp, or the removal of a way to sign in.</summary>
internal sealed record AccountChange
{
    public required string UserId { get; init; }

    /// <summary>The reason for the sessions that end: one of <see cref="SessionEndReason"/>.</summary>
    public required string Reason { get; init; }

    /// <summary>The change of the stamp; null for a removal.</summary>
    public StampChange? Stamp { get; init; }

    /// <summary>The login or passkey that was removed.</summary>
    public RemovedCredential? Removed { get; init; }

    /// <summary>The session that made the change, and stays.</summary>
    public Guid? KeptSessionId { get; init; }

    /// <summary>The digest of its key, where the look-up of its request gave no answer.</summary>
    public string? KeptKeyDigest { get; init; }

    /// <summary>Who made it, where somebody else than the person did.</summary>
    public string? ActorId { get; init; }

    /// <summary>When it was saved.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>The digests of a security stamp before and after its change.</summary>
internal sealed record StampChange(string? Before, string After);

/// <summary>A row of the app's that is gone once the removal is committed.</summary>
internal sealed record RemovedCredential(Type Entity, IReadOnlyList<object?> Key);
