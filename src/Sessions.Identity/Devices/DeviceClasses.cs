namespace Sessions.Identity.Devices;

/// <summary>Tells what sort of thing it is.</summary>
internal static class DeviceClasses
{
    private static readonly string[] _tvMarks =
    [
        "SmartTV", "SMART-TV", "Smart TV", "SmartHub", "HbbTV", "Web0S", "WebOS.TV", "NetCast", "BRAVIA", "AppleTV", "Apple TV", "GoogleTV", "Google TV", "Android TV", "AndroidTV",
        "CrKey", "Roku", "VIDAA", "VIZIO", "NETTV", "OMI/", "VSTVB", "TiVoOS", "WHALEOS", ";AFT", " AFT", "(Astro;", "_TV_", "Safari/537.36 TV", "PhilipsTV", "Opera TV", "TV Safari", "Tizen TV", "SHIELD Android TV", "MiTV", "MiBOX", "POV_TV", "Viera", "tvOS", "; AFT", "Chromecast", "TSBNetTV", "DTV",
    ];

    private static readonly string[] _consoleMarks = ["PlayStation", "PLAYSTATION", "Xbox", "Nintendo", "Steam Deck"];

    private static readonly string[] _watchMarks = ["watchOS", "Watch", "Wear OS", "SM-R7", "SM-R8", "SM-R9", "SM-L3", "SM-L7"];

    private static readonly string[] _tabletMarks =
    [
        "iPad", "Tablet", "PlayBook", "Kindle", "Silk/", "SM-T", "SM-X", "SM-P", "GT-P", "Nexus 7", "Nexus 9", "Nexus 10", "Pixel C", "Lenovo TB", "Lenovo YT", "; KF", "Xoom", "; TB", "PMT", "/apad",
    ];

    private static readonly string[] _phoneSystems =
        ["Windows Phone", "Windows Mobile", "Windows CE", "BlackBerry OS", "Symbian OS", "Symbian^3", "KaiOS", "Firefox OS", "Bada", "MeeGo", "Nokia Series 40", "Series 30", "webOS", "HarmonyOS", "Sailfish"];

    public static string Tell(DeviceClues clues, string? system)
    {
        var hints = clues.Hints;
        return clues.HasAny(_consoleMarks) ? DeviceType.Console
            : clues.HasAny(_tvMarks) || ModelWords.SoundLikeATelevision(clues.UserAgent) ? DeviceType.Tv
            : hints.HasFormFactor("Watch") || clues.HasAny(_watchMarks) ? DeviceType.Watch
            : hints.HasFormFactor("Tablet") ? DeviceType.Tablet
            : clues.HasAny("iPhone", "iPod") && !clues.Has("iPad") ? DeviceType.Smartphone
            : system is PlatformNames.IpadOS || clues.Has("iPad") ? DeviceType.Tablet
            : clues.HasAny("Windows CE", "; Lumia") ? DeviceType.Smartphone
            : clues.Has("Windows NT") && system == PlatformNames.Windows ? DeviceType.Desktop
            : system == PlatformNames.Android ? OnAndroid(clues)
            : system == PlatformNames.Ios ? DeviceType.Smartphone
            : system is PlatformNames.Windows or PlatformNames.MacOS or PlatformNames.ChromeOS ? DeviceType.Desktop
            : clues.Has("PlayBook") || clues.Has("Tablet;") ? DeviceType.Tablet
            : _phoneSystems.Contains(system) || clues.HasAny("Mobile", "MIDP", "Opera Mini", "Phone") || hints.IsMobile == true ? DeviceType.Smartphone
            : system is null ? WithoutSystem(clues)
            : DeviceType.Desktop;
    }

    /// <summary>The name of a console or a television, whose makers put all sorts of things where others put a model.</summary>
    public static string? WithoutModel(DeviceClues clues) => true switch
    {
        _ when clues.Has("Xbox Series X") => "Xbox Series X",
        _ when clues.Has("Xbox One") => "Xbox One",
        _ when clues.Has("Xbox") => "Xbox",
        _ when clues.Has("PlayStation 5") => "PlayStation 5",
        _ when clues.Has("PlayStation 4") => "PlayStation 4",
        _ when clues.Has("PLAYSTATION 3") => "PlayStation 3",
        _ when clues.Has("PlayStation Vita") => "PlayStation Vita",
        _ when clues.Has("Nintendo Switch 2") => "Nintendo Switch 2",
        _ when clues.Has("Nintendo Switch") => "Nintendo Switch",
        _ when clues.Has("Nintendo WiiU") => "Wii U",
        _ when clues.Has("Nintendo 3DS") => "Nintendo 3DS",
        _ when clues.Has("CrKey") => "Chromecast",
        _ when clues.Has("Roku") => "Roku",
        _ when clues.Has("; AFT") => "Fire TV",
        _ when clues.HasAny("AppleTV", "Apple TV") => "Apple TV",
        _ when clues.Has("BRAVIA") => "Sony TV",
        _ when clues.HasAny("Web0S", "WebOS.TV", "NetCast") => "LG TV",
        _ when clues.Has("Tizen") && clues.HasAny("SMART-TV", "SmartTV", "TV Safari") => "Samsung TV",
        _ => null,
    };

    // The phones of old say their make and model, and of no system.
    private static string WithoutSystem(DeviceClues clues) =>
        clues.HasAny("Mac OS", "MacBook", "iMac", "Macintosh", "Windows", "X11;", "Haiku", "AmigaOS") ? DeviceType.Desktop
        : clues.Device is { Brand: not (null or "Spider") } ? DeviceType.Smartphone
        : DeviceType.Unknown;

    // On Android, a browser on a phone says "Mobile" and one on a tablet doesn't. Without a browser there is nothing to say it.
    private static string OnAndroid(DeviceClues clues) =>
        clues.HasAny(_tabletMarks) || ModelWords.SoundLikeATablet(clues.UserAgent) ? DeviceType.Tablet
        : clues.Device?.Family is { } model && IsPhone(model) ? DeviceType.Smartphone
        : clues.Hints.IsMobile == true || clues.Has("Mobile") ? DeviceType.Smartphone
        : clues.Has("X11;") ? DeviceType.Desktop
        : clues.Hints.IsMobile == false || clues.HasAny("Chrome/", "Safari/", "AppleWebKit") ? DeviceType.Tablet
        : DeviceType.Smartphone;

    // Even where the person asked for desktop pages.
    private static bool IsPhone(string model) =>
        model.StartsWith("Galaxy ", StringComparison.Ordinal) && !model.StartsWith("Galaxy Tab", StringComparison.Ordinal);
}
