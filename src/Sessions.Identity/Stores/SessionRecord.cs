namespace Sessions.Identity.Stores;

/// <summary>What the one look-up of a request brings: the session, and of its user what may end it.</summary>
internal sealed record SessionRecord
{
    /// <summary>What stands for the stamp of a user who has none: another one than any that a session was valid for.</summary>
    public const string NoStamp = "";

    public required Guid Id { get; init; }

    public required string UserId { get; init; }

    public required string Scheme { get; init; }

    public string? DeviceId { get; init; }

    public string? StampDigest { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset LastSeenAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? AccessConfirmedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? EndReason { get; init; }

    public bool IsAdopted { get; init; }

    /// <summary>Whether its device has a name: one that was adopted by a background request gets it from its first document.</summary>
    public bool IsNamed { get; init; } = true;

    /// <summary>The user's security stamp as it is now, <see cref="NoStamp"/> where it was taken away, <see langword="null"/> where it is not known.</summary>
    public string? SecurityStamp { get; init; }

    /// <summary>Whether the account was deleted in a way that left its session behind.</summary>
    public bool IsUserGone { get; init; }

    /// <summary>Whether lockouts hold for the user.</summary>
    public bool IsLockoutEnabled { get; init; }

    /// <summary>Until when the user is locked out.</summary>
    public DateTimeOffset? LockoutEnd { get; init; }
}
