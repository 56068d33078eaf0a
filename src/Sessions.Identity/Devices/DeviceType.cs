namespace Sessions.Identity;

/// <summary>What sort of thing signed in. Short lower-case words, kept as they are.</summary>
public static class DeviceType
{
    /// <summary>A desktop or laptop computer.</summary>
    public const string Desktop = "desktop";

    /// <summary>A phone.</summary>
    public const string Smartphone = "smartphone";

    /// <summary>A tablet.</summary>
    public const string Tablet = "tablet";

    /// <summary>A television or a box at one.</summary>
    public const string Tv = "tv";

    /// <summary>A games console.</summary>
    public const string Console = "console";

    /// <summary>A watch.</summary>
    public const string Watch = "watch";

    /// <summary>The app of a host, on iOS or iPadOS.</summary>
    public const string NativeIos = "native_ios";

    /// <summary>The app of a host, on Android.</summary>
    public const string NativeAndroid = "native_android";

    /// <summary>A bot or crawler.</summary>
    public const string Bot = "bot";

    /// <summary>An HTTP library or a command-line tool.</summary>
    public const string Tool = "tool";

    /// <summary>Not known.</summary>
    public const string Unknown = "unknown";
}
