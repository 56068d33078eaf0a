namespace Sessions.Identity;

/// <summary>Puts a device's parts together to the name that a person recognises.</summary>
internal static class DeviceName
{
    private const string UnknownDevice = "Unknown device";

    public static string Of(DeviceInfo device)
    {
        var what = WithVersion(device.AppName, device.AppVersion) ?? WithVersion(device.Browser, device.BrowserVersion);
        var where = Where(device);

        return (what, where) switch
        {
            (null, null) => UnknownDevice,
            (null, _) => where,
            (_, null) => what,
            _ => $"{what} on {where}",
        };
    }

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
