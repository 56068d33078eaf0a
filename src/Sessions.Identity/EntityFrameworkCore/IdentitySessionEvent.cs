namespace Sessions.Identity;

/// <summary>One event of the append-only trail: what happened, when, from where. Times are UTC.</summary>
/// <typeparam name="TKey">
/// The type of the column that holds the user's id: the user's own key type, and its nullable form for value types
/// (<c>IdentitySessionEvent&lt;Guid?&gt;</c>), so that a failed attempt has a real NULL there.
/// </typeparam>
/// <remarks>A tracked change or removal of an event throws when it is saved. An event outlives its session's row.</remarks>
public class IdentitySessionEvent<TKey> : EntityFrameworkCore.IOriginColumns, EntityFrameworkCore.IHasId
{
    /// <summary>The event's id. Sorts by time.</summary>
    public virtual Guid Id { get; set; }

    /// <summary>What happened: one of <see cref="SessionEventKind"/>.</summary>
    public virtual string Kind { get; set; } = default!;

    /// <summary>The user's id; null for a failure, which never links to an account.</summary>
    public virtual TKey? UserId { get; set; }

    /// <summary>The session's id, without a foreign key.</summary>
    public virtual Guid? SessionId { get; set; }

    /// <summary>The authentication scheme.</summary>
    public virtual string? Scheme { get; set; }

    /// <summary>What was typed into the name field of a failed attempt, trimmed, lower-cased, cut to its bound.</summary>
    public virtual string? Identity { get; set; }

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

    /// <summary>Why a sign-in failed: one of <see cref="SignInFailureReason"/>.</summary>
    public virtual string? FailureReason { get; set; }

    /// <summary>Why a session ended: one of <see cref="SessionEndReason"/>.</summary>
    public virtual string? EndReason { get; set; }

    /// <summary>How far the decision reached that ended it: one session, the user's others, or all of them.</summary>
    public virtual string? EndScope { get; set; }

    /// <summary>Who ended it, where somebody else than the person did.</summary>
    public virtual string? ActorId { get; set; }

    /// <summary>The operator's note. For operators only.</summary>
    public virtual string? Note { get; set; }

    /// <summary>The latitude in degrees, rounded.</summary>
    public virtual double? Latitude { get; set; }

    /// <summary>The longitude in degrees, rounded.</summary>
    public virtual double? Longitude { get; set; }

    /// <summary>The distance from the user's previous sign-in, in kilometres.</summary>
    public virtual double? TravelDistance { get; set; }

    /// <summary>The time since the user's previous sign-in, in seconds.</summary>
    public virtual long? TravelSeconds { get; set; }

    /// <summary>Whether the device was new to the user.</summary>
    public virtual bool IsNewDevice { get; set; }

    /// <summary>Whether nobody could have travelled from the previous sign-in in that time.</summary>
    public virtual bool IsImpossibleTravel { get; set; }

    /// <summary>The trace or request id.</summary>
    public virtual string? TraceId { get; set; }

    /// <summary>The endpoint that the request went to.</summary>
    public virtual string? Endpoint { get; set; }

    /// <summary>What fires once in a window has one key for it, so that it is written once.</summary>
    public virtual string? BurstKey { get; set; }

    /// <summary>What may be retried has one key for it, so that it is written once.</summary>
    public virtual string? WriteKey { get; set; }

    /// <summary>Further facts, as JSON: the account's name at a sign-in.</summary>
    public virtual string? Metadata { get; set; }

    /// <summary>When it happened.</summary>
    public virtual DateTimeOffset OccurredAt { get; set; }
}
