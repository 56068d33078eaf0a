namespace Sessions.Identity.Devices;

/// <summary>The convention for apps: <c>AppName/1.2.3 (model; OS version; build N)</c> in front of any user agent.</summary>
internal static class AppConvention
{
    private const int LongestPart = 128;

    // These open with a comment of their own, and are no app's name.
    private static readonly string[] _browsers = ["Mozilla", "Opera", "Dalvik", "UCWEB"];

    public static NativeApp? Read(string userAgent)
    {
        var slash = userAgent.IndexOf('/', StringComparison.Ordinal);
        var open = userAgent.IndexOf('(', StringComparison.Ordinal);
        if (slash <= 0 || slash > DeviceText.LongestName || open < slash)
        {
            return null;
        }

        var name = userAgent[..slash].Trim();
        var version = userAgent[(slash + 1)..open].Trim();
        return _browsers.Contains(name) || !IsVersion(version) || Comment(userAgent, open) is not { } comment
            ? null
            : ReadComment(new NativeApp(name, version), comment.Split(';', StringSplitOptions.TrimEntries));
    }

    // The system is what tells the convention from any other comment.
    private static NativeApp? ReadComment(NativeApp app, string[] parts) => parts switch
    {
        [var model, var system] when ReadSystem(system) is { Name: not null } told => app with { Model = model, System = told },
        [var model, var system, var build] when ReadSystem(system) is { Name: not null } told && ReadBuild(build) is { } number =>
            app with { Model = model, System = told, Build = number },
        [var system, var build] when ReadSystem(system) is { Name: not null } told && ReadBuild(build) is { } number =>
            app with { System = told, Build = number },
        _ => null,
    };

    private static NamedVersion ReadSystem(string text)
    {
        var space = text.LastIndexOf(' ');
        return space > 0 && char.IsAsciiDigit(text[^1]) && PlatformNames.Find(text[..space]) is { } name
            ? new NamedVersion(name, Versions.MajorMinor(text[(space + 1)..]))
            : new NamedVersion(PlatformNames.Find(text), null);
    }

    private static string? ReadBuild(string text) =>
        text.StartsWith("build", StringComparison.OrdinalIgnoreCase) && text[5..].Trim(' ', ':', '/') is { Length: > 0 } number && IsVersion(number) ? number : null;

    // Models have brackets of their own: "moto g power (2022)".
    private static string? Comment(string userAgent, int open)
    {
        var depth = 0;
        for (var at = open; at < userAgent.Length && at - open <= 3 * LongestPart; at++)
        {
            depth += userAgent[at] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
            {
                return userAgent[(open + 1)..at];
            }
        }

        return null;
    }

    private static bool IsVersion(string text) =>
        text.Length is > 0 and <= DeviceText.LongestVersion && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_' or '+');
}
