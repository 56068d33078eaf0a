namespace Sessions.Identity.Devices;

/// <summary>Keeps what a client wrote fit to be shown: without control characters, within a bound, or not at all.</summary>
internal static class DeviceText
{
    public const int LongestName = 64;
    public const int LongestVersion = 32;
    public const int LongestModel = 128;

    public static string? Clean(string? text, int longest = LongestModel)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var clean = text.Any(IsUnfit) ? string.Concat(text.Where(character => !IsUnfit(character))) : text;
        clean = clean.Trim();
        if (clean.Length > longest)
        {
            clean = clean[..(char.IsHighSurrogate(clean[longest - 1]) ? longest - 1 : longest)].TrimEnd();
        }

        return clean.Length == 0 ? null : clean;
    }

    /// <summary>The device with every part within the bound of its column.</summary>
    public static DeviceInfo Clean(DeviceInfo device) => device with
    {
        Browser = Clean(device.Browser, LongestName),
        BrowserVersion = Clean(device.BrowserVersion, LongestVersion),
        OperatingSystem = Clean(device.OperatingSystem, LongestName),
        OperatingSystemVersion = Clean(device.OperatingSystemVersion, LongestVersion),
        DeviceModel = Clean(device.DeviceModel, LongestModel),
        AppName = Clean(device.AppName, LongestName),
        AppVersion = Clean(device.AppVersion, LongestVersion),
        AppBuild = Clean(device.AppBuild, LongestVersion),
    };

    // Marks of direction could turn a name around on a page; the rest can't be seen at all.
    private static bool IsUnfit(char character) =>
        char.IsControl(character) || character is '<' or '>' or (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\uFEFF';
}
