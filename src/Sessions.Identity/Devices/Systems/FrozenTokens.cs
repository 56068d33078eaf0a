using Sessions.Identity.Devices.Rules;

namespace Sessions.Identity.Devices;

/// <summary>Tells which versions in a user agent are facts. Browsers froze many of them, so that nobody can tell people apart by them.</summary>
internal static class FrozenTokens
{
    /// <summary>Windows 10 and 11 both say "NT 10.0", in every browser.</summary>
    public static string? Windows(SystemRuling system) =>
        system.Major == "10" ? null : system.Minor is null ? system.Major : $"{system.Major}.{system.Minor}";

    /// <summary>Safari, Chrome and Firefox say 10.15.7 or 10.15 on every later macOS.</summary>
    public static string? MacOS(SystemRuling system) =>
        (system.Major, system.Minor, system.Patch) is ("10", "15", "7" or null) or ("10", "16", _) ? null : Versions.MajorMinor(system.Major, system.Minor);

    /// <summary>Chromium says "Android 10; K" of every device, Firefox says 10 of everything older.</summary>
    public static string? Android(SystemRuling system, DeviceClues clues) =>
        system.Major == "10" && (clues.Has("Android 10; K") || clues.Has("Firefox/")) ? null : Versions.MajorMinor(system.Major, system.Minor);

    /// <summary>From iOS 26 on, WebKit says 18.6 or 18.7 for ever. Safari's own version is that of its system and goes on counting.</summary>
    public static string? Ios(SystemRuling system, DeviceClues clues)
    {
        var told = Versions.MajorMinor(system.Major, system.Minor);
        if (AppsOwnWord(clues.UserAgent) is { } own)
        {
            return own;
        }

        if (told is not ("18.6" or "18.7") || clues.HasAny("CriOS/", "GSA/"))
        {
            return told;
        }

        var safari = Versions.MajorMinor(ProductToken.Version(clues.UserAgent, "Version"));
        return Versions.Number(safari) >= 18 ? safari : null;
    }

    // Facebook's apps write the real version beside the frozen one: "FBSV/26.1", "(iPhone15,2; iOS 26_1; …)".
    private static string? AppsOwnWord(string userAgent)
    {
        var version = ProductToken.Version(userAgent, "FBSV") ?? (userAgent.Contains("; iOS ", StringComparison.Ordinal) ? ProductToken.Version(userAgent, "iOS") : null);
        return Versions.MajorMinor(version);
    }
}
