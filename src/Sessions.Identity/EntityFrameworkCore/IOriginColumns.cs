namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>The columns that sessions and events share: from what and from where.</summary>
internal interface IOriginColumns
{
    string? DeviceId { get; set; }

    string? SignInMethod { get; set; }

    string? Provider { get; set; }

    string? MethodDetail { get; set; }

    string? IpAddress { get; set; }

    byte[]? IpAddressBytes { get; set; }

    string? UserAgent { get; set; }

    string? ClientHints { get; set; }

    string? Browser { get; set; }

    string? BrowserVersion { get; set; }

    string? OperatingSystem { get; set; }

    string? OperatingSystemVersion { get; set; }

    string? DeviceType { get; set; }

    string? DeviceModel { get; set; }

    string? AppName { get; set; }

    string? AppVersion { get; set; }

    string? AppBuild { get; set; }

    string? CountryCode { get; set; }

    string? Country { get; set; }

    string? Region { get; set; }

    string? City { get; set; }

    long? AutonomousSystemNumber { get; set; }

    string? Organization { get; set; }
}
