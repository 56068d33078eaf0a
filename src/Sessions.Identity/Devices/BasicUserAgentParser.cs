namespace Sessions.Identity.Devices;

/// <summary>Tells the families of browser and operating system from a user agent. It says no versions: the common ones are frozen.</summary>
internal sealed class BasicUserAgentParser : IUserAgentParser
{
    // In the order in which they shadow one another: every Chromium says Chrome, and every one of them says Safari.
    private static readonly (string Mark, string Name)[] _browsers =
    [
        ("EdgA/", "Edge"), ("EdgiOS/", "Edge"), ("Edg/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"),
        ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name, string Type)[] _systems =
    [
        ("iPhone", "iOS", DeviceType.Smartphone), ("iPad", "iPadOS", DeviceType.Tablet), ("Android", "Android", DeviceType.Smartphone),
        ("Windows", "Windows", DeviceType.Desktop), ("CrOS", "ChromeOS", DeviceType.Desktop), ("Macintosh", "macOS", DeviceType.Desktop),
        ("Linux", "Linux", DeviceType.Desktop),
    ];

    public DeviceInfo Parse(string? userAgent, IReadOnlyDictionary<string, string> headers)
    {
        if (string.IsNullOrEmpty(userAgent))
        {
            return DeviceInfo.Unknown;
        }

        var browser = _browsers.FirstOrDefault(candidate => userAgent.Contains(candidate.Mark, StringComparison.Ordinal)).Name;
        var system = _systems.FirstOrDefault(candidate => userAgent.Contains(candidate.Mark, StringComparison.Ordinal));
        return new DeviceInfo
        {
            Browser = browser,
            OperatingSystem = system.Name,
            DeviceType = system.Type ?? DeviceType.Unknown,
            DeviceModel = system.Mark is "iPhone" or "iPad" ? system.Mark : null,
        };
    }
}
