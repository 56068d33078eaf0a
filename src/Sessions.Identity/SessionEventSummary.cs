namespace Sessions.Identity;

/// <summary>An event in one flat record of plain values, as audit logs want it. Times are UTC.</summary>
public sealed record SessionEventSummary
{
    /// <summary>The event's id.</summary>
    public required Guid EventId { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>What happened: one of <see cref="SessionEventKind"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Why, where there is a why: a <see cref="SignInFailureReason"/> or a <see cref="SessionEndReason"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>The user, never for a failure.</summary>
    public string? UserId { get; init; }

    /// <summary>Who did it, where somebody else than the person did.</summary>
    public string? ActorId { get; init; }

    /// <summary>The session.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>What was typed into the name field of a failed attempt.</summary>
    public string? Identity { get; init; }

    /// <summary>How the sign-in was made or tried.</summary>
    public string? Method { get; init; }

    /// <summary>The external provider.</summary>
    public string? Provider { get; init; }

    /// <summary>The second factor.</summary>
    public string? SecondFactor { get; init; }

    /// <summary>The device's name.</summary>
    public string? Device { get; init; }

    /// <summary>What sort of device: one of <see cref="Sessions.Identity.DeviceType"/>.</summary>
    public string? DeviceType { get; init; }

    /// <summary>The address.</summary>
    public string? IpAddress { get; init; }

    /// <summary>The country's code.</summary>
    public string? CountryCode { get; init; }

    /// <summary>The place in words.</summary>
    public string? Place { get; init; }

    /// <summary>Whether the device was new to the user.</summary>
    public bool IsNewDevice { get; init; }

    internal static SessionEventSummary Of(SessionEventInfo info) => new()
    {
        EventId = info.Id,
        OccurredAt = info.OccurredAt,
        Kind = info.Kind,
        Reason = info.Reason,
        UserId = info.UserId,
        ActorId = info.ActorId,
        SessionId = info.SessionId,
        Identity = info.Identity,
        Method = info.SignInMethod,
        Provider = info.Provider,
        SecondFactor = info.SecondFactor,
        Device = info.DeviceName,
        DeviceType = info.Device.DeviceType,
        IpAddress = info.IpAddress,
        CountryCode = info.Location?.CountryCode,
        Place = info.Location?.DisplayName,
        IsNewDevice = info.IsNewDevice,
    };
}
