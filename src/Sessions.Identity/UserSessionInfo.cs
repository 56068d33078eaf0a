namespace Sessions.Identity;

/// <summary>A session as managers hand it out. It holds no secret. Times are UTC.</summary>
public sealed record UserSessionInfo
{
    /// <summary>The session's id: for URLs, forms and logs. It is no credential.</summary>
    public required Guid Id { get; init; }

    /// <summary>The id of the user whose session it is.</summary>
    public required string UserId { get; init; }

    /// <summary>The authentication scheme whose ticket it belongs to.</summary>
    public required string Scheme { get; init; }

    /// <summary>The device.</summary>
    public DeviceInfo Device { get; init; } = DeviceInfo.Unknown;

    /// <summary>The device's name as a person reads it.</summary>
    public string DeviceName => Device.DisplayName;

    /// <summary>The address at sign-in.</summary>
    public string? IpAddress { get; init; }

    /// <summary>The address at the last activity that was written.</summary>
    public string? LastSeenIpAddress { get; init; }

    /// <summary>Roughly where the address at sign-in is.</summary>
    public IpLocation? Location { get; init; }

    /// <summary>Where the session comes from, in one line: place, address, device.</summary>
    public string SourceLine => SessionSource.Line(Location, LastSeenIpAddress ?? IpAddress, Device);

    /// <summary>How it began: one of <see cref="Sessions.Identity.SignInMethod"/>, or a host's own.</summary>
    public string SignInMethod { get; init; } = Sessions.Identity.SignInMethod.Unknown;

    /// <summary>The external provider, where there was one.</summary>
    public string? Provider { get; init; }

    /// <summary>The second factor that protected the sign-in: one of <see cref="Sessions.Identity.SecondFactor"/>.</summary>
    public string? SecondFactor { get; init; }

    /// <summary>What else is known of how the sign-in was made, or the detail that the host tagged it with.</summary>
    public string? SignInDetail { get; init; }

    /// <summary>Whether the ticket outlives the browser's closing ("remember me").</summary>
    public bool IsPersistent { get; init; }

    /// <summary>Whether the session was already there when Sessions was installed, or began while tracking was down.</summary>
    public bool IsAdopted { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its last activity, to the precision of <see cref="UserSessionOptions.LastSeenInterval"/>.</summary>
    public required DateTimeOffset LastSeenAt { get; init; }

    /// <summary>When its ticket ends, unless it is renewed before.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it ended, or <see langword="null"/> while it is live.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Why it ended: one of <see cref="SessionEndReason"/>.</summary>
    public string? EndReason { get; init; }

    /// <summary>Whether it was signed in from a device that was new to the user.</summary>
    public bool IsNewDevice { get; init; }

    /// <summary>Whether nobody could have travelled to where it was signed in from the sign-in before (<see cref="GeolocationOptions.ImpossibleTravelSpeed"/>). It is a hint, as <see cref="SessionEventInfo.IsImpossibleTravel"/> is.</summary>
    public bool IsImpossibleTravel { get; init; }

    /// <summary>Whether it is the session of the request that asks. Computed from the ticket, never from what a caller sends.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>Whether it was active within the last <see cref="UserSessionOptions.LastSeenInterval"/>, or is the one that asks.</summary>
    public bool IsActiveNow { get; init; }
}
