using Sessions.Identity.Devices;

namespace Sessions.Identity;

/// <summary>Puts a device's parts together to the name that a person recognises.</summary>
internal static class DeviceName
{
    private const string UnknownDevice = "Unknown device";

    public static string Of(DeviceInfo device) => device.DeviceType switch
    {
        DeviceType.Bot => device.Browser is null or "Unknown" ? "Bot" : $"Bot ({device.Browser})",

        // A tool runs anywhere, and its version tells nobody anything.
        DeviceType.Tool => device.Browser ?? UnknownDevice,
        _ => WhatOnWhere(device),
    };

    /// <summary>The parts that mean the same in every language: what runs, and on what. Not for bots and tools.</summary>
    public static (string? What, string? Where) PartsOf(DeviceInfo device) =>
        (WithVersion(device.AppName, device.AppVersion) ?? Browser(device), Where(device));

    private static string WhatOnWhere(DeviceInfo device) => PartsOf(device) switch
    {
        (null, null) => UnknownDevice,
        (null, { } where) => where,
        ({ } what, null) => what,
        var (what, where) => $"{what} on {where}",
    };

    // The version of a system's own browser is its system's, and nobody knows that of an app's browser.
    private static string? Browser(DeviceInfo device) => device.Browser switch
    {
        BrowserNames.Safari when PlatformNames.IsApple(device.OperatingSystem) => device.Browser,
        "Samsung Internet" or BrowserNames.AndroidWebView or BrowserNames.IosWebView => device.Browser,
        { } app when InAppBrowsers.IsOne(app) => app,
        _ => WithVersion(device.Browser, device.BrowserVersion),
    };

    private static string? Where(DeviceInfo device)
    {
        var system = WithVersion(device.OperatingSystem, device.OperatingSystemVersion);
        if (device.DeviceModel is null)
        {
            return system;
        }

        return system is null || device.OperatingSystemVersion is null ? device.DeviceModel : $"{device.DeviceModel} ({system})";
    }

    private static string? WithVersion(string? name, string? version) =>
        string.IsNullOrEmpty(name) ? null : string.IsNullOrEmpty(version) ? name : $"{name} {version}";
}
