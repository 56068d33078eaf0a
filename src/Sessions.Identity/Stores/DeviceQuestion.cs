namespace Sessions.Identity.Stores;

/// <summary>What is asked about the device of a sign-in that is not written yet.</summary>
internal sealed record DeviceQuestion
{
    public required string UserId { get; init; }

    /// <summary>The id that the browser came with. One that is given to it now has been seen nowhere.</summary>
    public required string? DeviceId { get; init; }

    public required DeviceInfo Device { get; init; }

    public required string? CountryCode { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Whether a session begins next: then what it takes the place of is asked too.</summary>
    public bool BeginsSession { get; init; }

    /// <summary>The session whose ticket the request carried and whose cookie is overwritten.</summary>
    public Guid? Replaced { get; init; }

    /// <summary>The question about a sign-in that begins no session.</summary>
    public static DeviceQuestion About(SessionEventDescriptor signedIn) => new()
    {
        UserId = signedIn.UserId!,
        DeviceId = signedIn.Origin.DeviceId,
        Device = signedIn.Origin.Device,
        CountryCode = signedIn.Origin.Location?.CountryCode,
        At = signedIn.OccurredAt,
    };

    /// <summary>The question about a sign-in that begins one.</summary>
    public static DeviceQuestion About(SessionBeginning beginning) => About(beginning.SignedIn) with
    {
        DeviceId = beginning.IsReturningBrowser ? beginning.SignedIn.Origin.DeviceId : null,
        BeginsSession = true,
        Replaced = beginning.Replaced?.Id,
    };

    /// <summary>Whether both ask for the same, at whatever time.</summary>
    public bool AsksTheSameAs(DeviceQuestion other) => this with { At = other.At } == other;
}
