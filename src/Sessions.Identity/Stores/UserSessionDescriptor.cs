using Sessions.Identity.SignIn;

namespace Sessions.Identity.Stores;

/// <summary>A session to be written.</summary>
internal sealed record UserSessionDescriptor
{
    public required Guid Id { get; init; }

    public required string UserId { get; init; }

    public required string KeyDigest { get; init; }

    public required string Scheme { get; init; }

    public required SessionOrigin Origin { get; init; }

    public string? StampDigest { get; init; }

    public SignInFacts SignIn { get; init; } = SignInFacts.Unknown;

    /// <summary>The digest of the nonce by which this machine is remembered for two-factor sign-ins.</summary>
    public string? TwoFactorRememberDigest { get; init; }

    public bool IsPersistent { get; init; }

    public bool IsAdopted { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastSeenAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What the look-up would say of it, once it is written.</summary>
    public SessionRecord AsRecord() => new()
    {
        Id = Id,
        UserId = UserId,
        Scheme = Scheme,
        DeviceId = Origin.DeviceId,
        StampDigest = StampDigest,
        CreatedAt = CreatedAt,
        LastSeenAt = LastSeenAt,
        ExpiresAt = ExpiresAt,
        IsAdopted = IsAdopted,
    };
}
