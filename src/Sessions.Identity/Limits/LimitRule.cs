namespace Sessions.Identity.Limits;

/// <summary>One limit: how many sessions there may be, of some types of device or of all.</summary>
internal sealed class LimitRule(int most, string[]? types)
{
    private static readonly string[] _knownTypes =
    [
        DeviceType.Desktop, DeviceType.Smartphone, DeviceType.Tablet, DeviceType.Tv, DeviceType.Console, DeviceType.Watch,
        DeviceType.NativeIos, DeviceType.NativeAndroid, DeviceType.Bot, DeviceType.Tool, DeviceType.Unknown,
    ];

    // The newest sign-in is always let in: a limit locks nobody out.
    public int Most { get; } = Math.Max(1, most);

    /// <summary>The types that it is about; <see langword="null"/>: every one.</summary>
    public string[]? Types { get; } = types;

    public bool Covers(string? deviceType) => Types is null || Types.Contains(deviceType ?? DeviceType.Unknown, StringComparer.OrdinalIgnoreCase);

    public static bool IsKnown(string key) => IsNative(key) || _knownTypes.Contains(key, StringComparer.OrdinalIgnoreCase);

    /// <summary>The types that a key of the options stands for. A host's own parser may tell types of its own.</summary>
    public static string[] TypesOf(string key) => IsNative(key) ? [DeviceType.NativeIos, DeviceType.NativeAndroid] : [key.ToLowerInvariant()];

    private static bool IsNative(string key) => string.Equals(key, SignInLimits.Native, StringComparison.OrdinalIgnoreCase);
}
