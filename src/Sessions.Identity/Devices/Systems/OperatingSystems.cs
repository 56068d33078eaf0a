using Sessions.Identity.Devices.Rules;

namespace Sessions.Identity.Devices;

/// <summary>Names the operating system, and its version only where it is a fact.</summary>
internal static class OperatingSystems
{
    public static NamedVersion Tell(DeviceClues clues)
    {
        var ruled = FromRules(clues);
        if (PlatformNames.Find(clues.Hints.Platform) is not { } platform || IsKind(ruled.Name, platform))
        {
            return platformVersion(ruled);
        }

        return platformVersion(new NamedVersion(platform, null));

        NamedVersion platformVersion(NamedVersion system) =>
            PlatformHints.Version(clues.Hints) is { } version ? system with { Version = version } : system;
    }

    // "Ubuntu" says more than the hint's "Linux".
    private static bool IsKind(string? ruled, string platform) =>
        ruled == platform || (platform == PlatformNames.Linux && ruled is not (null or PlatformNames.Windows or PlatformNames.MacOS or PlatformNames.Android));

    private static NamedVersion FromRules(DeviceClues clues)
    {
        if (IpadDesktopMode.IsTold(clues))
        {
            return new NamedVersion(PlatformNames.IpadOS, IpadDesktopMode.Version(clues));
        }

        if (clues.System is not { } system || system.Family == BareRules.Other)
        {
            return default;
        }

        return system.Family switch
        {
            "Windows" => new(PlatformNames.Windows, FrozenTokens.Windows(system)),
            "Mac OS X" => new(PlatformNames.MacOS, FrozenTokens.MacOS(system)),
            "Android" => new(PlatformNames.Android, FrozenTokens.Android(system, clues)),
            "iOS" => Apple(FrozenTokens.Ios(system, clues), clues),
            "Chrome OS" => new(PlatformNames.ChromeOS, null),
            "Linux" when clues.Has("SamsungBrowser/") => new(PlatformNames.Android, null),
            "Linux" or "Ubuntu" or "Debian" or "Fedora" => new(system.Family, null),
            "WatchOS" => new("watchOS", Versions.MajorMinor(system.Major, system.Minor)),
            _ => new(PlatformNames.Find(system.Family) ?? system.Family, Versions.MajorMinor(system.Major, system.Minor)),
        };
    }

    // Apple calls the iPad's system iPadOS since 13.
    private static NamedVersion Apple(string? version, DeviceClues clues) =>
        new(clues.Has("iPad") && (version is null || Versions.Number(version) >= 13) ? PlatformNames.IpadOS : PlatformNames.Ios, version);
}
