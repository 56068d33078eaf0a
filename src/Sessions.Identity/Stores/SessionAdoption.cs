namespace Sessions.Identity.Stores;

/// <summary>A ticket without a row that gets one.</summary>
internal sealed record SessionAdoption
{
    public required UserSessionDescriptor Session { get; init; }

    /// <summary>When the ticket was issued; null if it doesn't say.</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>The event of a sign-in that could not be written at its time; null for tickets from before the install.</summary>
    public SessionEventDescriptor? SignedIn { get; init; }

    /// <summary>The digest of the key in the cookie that this sign-in's own has overwritten.</summary>
    public string? ReplacedKeyDigest { get; init; }

    /// <summary>The sessions that its person chose to sign out for it.</summary>
    public IReadOnlyList<Guid> Chosen { get; init; } = [];
}
