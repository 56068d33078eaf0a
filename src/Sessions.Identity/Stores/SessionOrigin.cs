namespace Sessions.Identity.Stores;

/// <summary>From what and from where: a request described, with nothing of the request itself in it.</summary>
internal sealed record SessionOrigin
{
    public string? DeviceId { get; init; }

    public string? IpAddress { get; init; }

    public byte[]? IpAddressBytes { get; init; }

    public string? UserAgent { get; init; }

    public string? ClientHints { get; init; }

    public DeviceInfo Device { get; init; } = DeviceInfo.Unknown;

    /// <summary>Whether the device is described; else a later request does.</summary>
    public bool IsNamed { get; init; } = true;

    /// <summary>The same, without what describes the device.</summary>
    public SessionOrigin Unnamed() => this with { IsNamed = false, UserAgent = null, ClientHints = null, Device = DeviceInfo.Unknown };

    public IpLocation? Location { get; init; }

    /// <summary>The place that is still looked for, where the request did not wait for it.</summary>
    public Task<IpLocation?>? PendingLocation { get; init; }

    public string? TraceId { get; init; }

    public string? Endpoint { get; init; }

    /// <summary>The request for the host's hooks. Not kept.</summary>
    public SessionRequestInfo? Request { get; init; }
}
