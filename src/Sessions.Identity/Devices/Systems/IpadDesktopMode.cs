namespace Sessions.Identity.Devices;

/// <summary>An iPad asks for desktop pages with a Mac's user agent. Safari's can't be told from a Mac's, those of other apps can.</summary>
internal static class IpadDesktopMode
{
    // No Mac's browser carries the build of a phone's, nor the names that Chrome, Firefox and others have on iOS only.
    public static bool IsTold(DeviceClues clues) =>
        clues.Has("Macintosh") && clues.HasAny("Mobile/", "CriOS/", "FxiOS/", "EdgiOS/", "OPT/", "OPX/", "GSA/", "FBDV/iPad", "DuckDuckGo/7 Mobile");

    public static string? Version(DeviceClues clues) => Versions.MajorMinor(ProductToken.Version(clues.UserAgent, "FBSV"));
}
