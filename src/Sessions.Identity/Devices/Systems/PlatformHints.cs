namespace Sessions.Identity.Devices;

/// <summary>The operating system's version as the client hints tell it.</summary>
internal static class PlatformHints
{
    public static string? Version(ClientHints hints)
    {
        var number = Versions.Number(hints.PlatformVersion);
        return PlatformNames.Find(hints.Platform) switch
        {
            null => null,
            PlatformNames.Windows => Windows(number, hints.PlatformVersion!),
            PlatformNames.MacOS or PlatformNames.Android or PlatformNames.Ios or PlatformNames.IpadOS when number > 0 => Versions.MajorMinor(hints.PlatformVersion),

            // Linux gives its kernel or nothing there, ChromeOS the number of a build.
            _ => null,
        };
    }

    // The hint counts Windows' API contracts: 1 to 10 came with Windows 10, 13 and more with 11; before them, it is 0.minor.
    private static string? Windows(int number, string version) => number switch
    {
        >= 13 => "11",
        >= 1 => "10",
        0 when version.StartsWith("0.3", StringComparison.Ordinal) => "8.1",
        0 when version.StartsWith("0.2", StringComparison.Ordinal) => "8",
        0 when version.StartsWith("0.1", StringComparison.Ordinal) => "7",
        _ => null,
    };
}
