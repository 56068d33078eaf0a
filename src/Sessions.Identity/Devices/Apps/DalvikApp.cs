namespace Sessions.Identity.Devices;

/// <summary>Apps on Android that leave the user agent to the system: <c>Dalvik/2.1.0 (Linux; U; Android 13; SM-A536B Build/…)</c>. It names no app.</summary>
internal static class DalvikApp
{
    public static NativeApp? Read(string userAgent) => userAgent.StartsWith("Dalvik/", StringComparison.Ordinal) ? new NativeApp(null) : null;
}
