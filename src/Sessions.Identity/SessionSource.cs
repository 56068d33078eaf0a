namespace Sessions.Identity;

/// <summary>Says in one line where a session or an event comes from, such as "🇪🇸 Madrid, Spain · IP 203.0.113.7 · Firefox on Windows".</summary>
internal static class SessionSource
{
    public static string Line(IpLocation? location, string? ipAddress, DeviceInfo device)
    {
        string?[] parts = [Place(location), ipAddress is null ? null : $"IP {ipAddress}", device.DisplayName];
        return string.Join(" · ", parts.Where(part => !string.IsNullOrEmpty(part)));
    }

    private static string? Place(IpLocation? location) =>
        location?.DisplayName is not { } name ? null : location.Flag is { } flag ? $"{flag} {name}" : name;
}
