namespace Sessions.Identity;

/// <summary>An event of the trail as managers hand it out. Times are UTC.</summary>
public sealed record SessionEventInfo
{
    /// <summary>The event's id. Ids sort by time.</summary>
    public required Guid Id { get; init; }

    /// <summary>What happened: one of <see cref="SessionEventKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>The id of the user, or <see langword="null"/> for a failure: failed attempts never link to an account.</summary>
    public string? UserId { get; init; }

    /// <summary>The id of the session, which may be gone by now.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>The authentication scheme.</summary>
    public string? Scheme { get; init; }

    /// <summary>What was typed into the name field of a failed attempt, trimmed and lower-cased.</summary>
    public string? Identity { get; init; }

    /// <summary>How the sign-in was made or tried: one of <see cref="Sessions.Identity.SignInMethod"/>.</summary>
    public string? SignInMethod { get; init; }

    /// <summary>The external provider, where there was one.</summary>
    public string? Provider { get; init; }

    /// <summary>The second factor that protected the sign-in.</summary>
    public string? SecondFactor { get; init; }

    /// <summary>What else is known of how the sign-in was made, or the detail that the host tagged it with.</summary>
    public string? SignInDetail { get; init; }

    /// <summary>Why a sign-in failed: one of <see cref="SignInFailureReason"/>.</summary>
    public string? FailureReason { get; init; }

    /// <summary>Why a session ended: one of <see cref="SessionEndReason"/>.</summary>
    public string? EndReason { get; init; }

    /// <summary>Why: the failure's reason or the end's, or <see langword="null"/> if the event has none.</summary>
    public string? Reason => FailureReason ?? EndReason;

    /// <summary>The event in one flat record of plain values, as audit logs want it.</summary>
    public SessionEventSummary Summary => SessionEventSummary.Of(this);

    /// <summary>Who ended it, where somebody else than the person did. For operators.</summary>
    public string? ActorId { get; init; }

    /// <summary>The operator's note. For operators only.</summary>
    public string? Note { get; init; }

    /// <summary>The device.</summary>
    public DeviceInfo Device { get; init; } = DeviceInfo.Unknown;

    /// <summary>The device's name as a person reads it.</summary>
    public string DeviceName => Device.DisplayName;

    /// <summary>The address.</summary>
    public string? IpAddress { get; init; }

    /// <summary>Roughly where the address is.</summary>
    public IpLocation? Location { get; init; }

    /// <summary>Where it came from, in one line: place, address, device.</summary>
    public string SourceLine => SessionSource.Line(Location, IpAddress, Device);

    /// <summary>Whether the device was new to the user.</summary>
    public bool IsNewDevice { get; init; }

    /// <summary>Of a sign-in: the distance from the user's previous one in kilometres, or <see langword="null"/> where one of the places is not known well enough.</summary>
    public double? TravelDistance { get; init; }

    /// <summary>Of a sign-in: the time since that previous one.</summary>
    public TimeSpan? TravelTime { get; init; }

    /// <summary>Whether nobody could have travelled that far in that time (<see cref="GeolocationOptions.ImpossibleTravelSpeed"/>). It is a hint: addresses of phones, VPNs and company networks are often elsewhere than their people.</summary>
    public bool IsImpossibleTravel { get; init; }

    /// <summary>Whether it is about the session of the request that asks.</summary>
    public bool IsCurrent { get; init; }
}
