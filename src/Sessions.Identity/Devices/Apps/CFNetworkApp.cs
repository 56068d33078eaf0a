namespace Sessions.Identity.Devices;

/// <summary>Apps on Apple's systems that leave the user agent to the system: <c>MyApp/241 CFNetwork/1568.100.1 Darwin/24.5.0</c>.</summary>
internal static class CFNetworkApp
{
    public static NativeApp? Read(string userAgent)
    {
        var end = userAgent.IndexOf(" CFNetwork/", StringComparison.Ordinal);
        var slash = userAgent.IndexOf('/', StringComparison.Ordinal);
        if (end <= 0 || slash <= 0 || slash > end)
        {
            return null;
        }

        // The system writes the bundle's version there: a plain number is the build, as a rule.
        var name = Uri.UnescapeDataString(userAgent[..slash]);
        var version = userAgent[(slash + 1)..end].Split(' ')[0];
        return version.All(char.IsAsciiDigit) ? new NativeApp(name, Build: version) : new NativeApp(name, version);
    }
}
