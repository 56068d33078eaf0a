namespace Sessions.Identity;

/// <summary>What a person would call the thing that signed in, in its parts. A part that is not known is <see langword="null"/>, never guessed.</summary>
public sealed record DeviceInfo
{
    /// <summary>A device of which nothing is known.</summary>
    public static DeviceInfo Unknown { get; } = new();

    /// <summary>The browser's name, such as "Firefox".</summary>
    public string? Browser { get; init; }

    /// <summary>The browser's version, as far as a person would say it, such as "142".</summary>
    public string? BrowserVersion { get; init; }

    /// <summary>The operating system's name, such as "Windows".</summary>
    public string? OperatingSystem { get; init; }

    /// <summary>The operating system's version, only where it is a fact.</summary>
    public string? OperatingSystemVersion { get; init; }

    /// <summary>What sort of thing it is: one of <see cref="Sessions.Identity.DeviceType"/>.</summary>
    public string DeviceType { get; init; } = Sessions.Identity.DeviceType.Unknown;

    /// <summary>The model, such as "iPhone" or "Pixel 8".</summary>
    public string? DeviceModel { get; init; }

    /// <summary>The name of the host's own app, where one signed in.</summary>
    public string? AppName { get; init; }

    /// <summary>That app's version.</summary>
    public string? AppVersion { get; init; }

    /// <summary>That app's build.</summary>
    public string? AppBuild { get; init; }

    /// <summary>The device's name as a person reads it, such as "Chrome 142 on Windows 11", in English.</summary>
    public string DisplayName => DeviceName.Of(this);
}
