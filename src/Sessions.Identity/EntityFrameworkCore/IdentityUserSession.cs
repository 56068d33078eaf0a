namespace Sessions.Identity;

/// <summary>One signed-in device of one user: a row of the registry, from sign-in to its explicit end. Times are UTC.</summary>
/// <typeparam name="TKey">The type of the user's primary key.</typeparam>
/// <remarks>Rows are ended in place, never deleted to sign somebody out. Write to them through the session manager.</remarks>
public class IdentityUserSession<TKey> : EntityFrameworkCore.IOriginColumns, EntityFrameworkCore.IHasId
    where TKey : IEquatable<TKey>
{
    /// <summary>The session's id. Sorts by time. No credential.</summary>
    public virtual Guid Id { get; set; }

    /// <summary>The user's id.</summary>
    public virtual TKey UserId { get; set; } = default!;

    /// <summary>The digest of the key in the ticket. The key itself is nowhere.</summary>
    public virtual string KeyDigest { get; set; } = default!;

    /// <summary>The digest of the security stamp that the session was last valid for.</summary>
    public virtual string? StampDigest { get; set; }

    /// <summary>The authentication scheme whose ticket it belongs to.</summary>
    public virtual string Scheme { get; set; } = default!;

    /// <summary>The browser-continuity id of the device cookie. It identifies the browser installation, never the person.</summary>
    public virtual string? DeviceId { get; set; }

    /// <summary>How the sign-in was made: one of <see cref="Sessions.Identity.SignInMethod"/>, or a host's own.</summary>
    public virtual string? SignInMethod { get; set; }

    /// <summary>The external provider, where there was one.</summary>
    public virtual string? Provider { get; set; }

    /// <summary>Details of the method as JSON: the second factor, tags of the host.</summary>
    public virtual string? MethodDetail { get; set; }

    /// <summary>The address as text.</summary>
    public virtual string? IpAddress { get; set; }

    /// <summary>The address as 16 bytes that sort (IPv4 mapped into IPv6).</summary>
    public virtual byte[]? IpAddressBytes { get; set; }

    /// <summary>The raw user agent, cut to its bound.</summary>
    public virtual string? UserAgent { get; set; }

    /// <summary>The captured client-hint headers as JSON.</summary>
    public virtual string? ClientHints { get; set; }

    /// <summary>The browser.</summary>
    public virtual string? Browser { get; set; }

    /// <summary>The browser's version.</summary>
    public virtual string? BrowserVersion { get; set; }

    /// <summary>The operating system.</summary>
    public virtual string? OperatingSystem { get; set; }

    /// <summary>The operating system's version, only where it is a fact.</summary>
    public virtual string? OperatingSystemVersion { get; set; }

    /// <summary>What sort of thing it is: one of <see cref="Sessions.Identity.DeviceType"/>.</summary>
    public virtual string? DeviceType { get; set; }

    /// <summary>The model.</summary>
    public virtual string? DeviceModel { get; set; }

    /// <summary>The host's own app.</summary>
    public virtual string? AppName { get; set; }

    /// <summary>That app's version.</summary>
    public virtual string? AppVersion { get; set; }

    /// <summary>That app's build.</summary>
    public virtual string? AppBuild { get; set; }

    /// <summary>The country's ISO 3166-1 alpha-2 code.</summary>
    public virtual string? CountryCode { get; set; }

    /// <summary>The country's name.</summary>
    public virtual string? Country { get; set; }

    /// <summary>The region's name.</summary>
    public virtual string? Region { get; set; }

    /// <summary>The city's name.</summary>
    public virtual string? City { get; set; }

    /// <summary>The number of the autonomous system that announces the address.</summary>
    public virtual long? AutonomousSystemNumber { get; set; }

    /// <summary>The organisation behind that system.</summary>
    public virtual string? Organization { get; set; }

    /// <summary>Whether the ticket outlives the browser's closing.</summary>
    public virtual bool IsPersistent { get; set; }

    /// <summary>Whether the session was adopted: from before the install, or from an outage of tracking.</summary>
    public virtual bool IsAdopted { get; set; }

    /// <summary>The digest of the nonce in the two-factor remember ticket that belongs to this browser.</summary>
    public virtual string? TwoFactorRememberDigest { get; set; }

    /// <summary>The address at the last activity that was written.</summary>
    public virtual string? LastSeenIpAddress { get; set; }

    /// <summary>When it began.</summary>
    public virtual DateTimeOffset CreatedAt { get; set; }

    /// <summary>When its ticket ends, unless it is renewed before.</summary>
    public virtual DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Its last activity.</summary>
    public virtual DateTimeOffset LastSeenAt { get; set; }

    /// <summary>When the person last entered their credentials again for something sensitive.</summary>
    public virtual DateTimeOffset? AccessConfirmedAt { get; set; }

    /// <summary>When it ended; null while it is live.</summary>
    public virtual DateTimeOffset? EndedAt { get; set; }

    /// <summary>Why it ended: one of <see cref="SessionEndReason"/>.</summary>
    public virtual string? EndReason { get; set; }

    /// <summary>Who ended it, as text without a foreign key.</summary>
    public virtual string? EndedBy { get; set; }

    /// <summary>The operator's note. For operators only.</summary>
    public virtual string? EndNote { get; set; }

    /// <summary>Further facts about the end, as JSON.</summary>
    public virtual string? EndMetadata { get; set; }

    /// <summary>The digest of the single-use key in the "this wasn't me" link.</summary>
    public virtual string? NoticeKeyDigest { get; set; }

    /// <summary>When that link was used.</summary>
    public virtual DateTimeOffset? NoticeAnsweredAt { get; set; }
}
