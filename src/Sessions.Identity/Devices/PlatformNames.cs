using System.Collections.Frozen;

namespace Sessions.Identity.Devices;

/// <summary>The operating systems by the names that apps, hints and rules give them, and by the one that people know.</summary>
internal static class PlatformNames
{
    public const string Windows = "Windows";
    public const string MacOS = "macOS";
    public const string Ios = "iOS";
    public const string IpadOS = "iPadOS";
    public const string Android = "Android";
    public const string ChromeOS = "ChromeOS";
    public const string Linux = "Linux";

    private static readonly FrozenDictionary<string, string> _names = new Dictionary<string, string>
    {
        ["Windows"] = Windows,
        ["Win32"] = Windows,
        ["macOS"] = MacOS,
        ["Mac OS X"] = MacOS,
        ["OS X"] = MacOS,
        ["Mac"] = MacOS,
        ["MacCatalyst"] = MacOS,
        ["iOS"] = Ios,
        ["iPhone OS"] = Ios,
        ["iPadOS"] = IpadOS,
        ["Android"] = Android,
        ["Chrome OS"] = ChromeOS,
        ["ChromeOS"] = ChromeOS,
        ["Chromium OS"] = ChromeOS,
        ["Linux"] = Linux,
        ["watchOS"] = "watchOS",
        ["tvOS"] = "tvOS",
        ["ATV OS X"] = "tvOS",
        ["visionOS"] = "visionOS",
        ["HarmonyOS"] = "HarmonyOS",
        ["OpenHarmony"] = "HarmonyOS",
        ["Fuchsia"] = "Fuchsia",
        ["Tizen"] = "Tizen",
        ["Web0S"] = "webOS",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name that people know, or <see langword="null"/> if it is none of these.</summary>
    public static string? Find(string? name) => name is null ? null : _names.GetValueOrDefault(name.Trim());

    public static bool IsApple(string? name) => name is Ios or IpadOS or "watchOS" or "tvOS" or "visionOS";
}
