namespace Sessions.Identity.Devices;

/// <summary>Apps that show the host's own pages in a web view: Hotwire Native's marker, and those that .NET MAUI apps set.</summary>
internal static class WebViewShell
{
    private static readonly string[] _markers =
    [
        "Hotwire Native iOS", "Hotwire Native Android", "Turbo Native iOS", "Turbo Native Android",
        "HybridWebView", "MauiHybridWebView", "BlazorWebView", "MauiWebView", ".NET MAUI", Maui,
    ];

    // Phones of old had a system of that name, and no web view.
    private const string Maui = "MAUI";

    public static NativeApp? Read(string userAgent)
    {
        foreach (var marker in _markers)
        {
            var at = ProductToken.IndexOf(userAgent, marker, StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && (marker != Maui || userAgent.Contains("AppleWebKit/", StringComparison.Ordinal)))
            {
                return ReadName(userAgent[..at]) ?? ReadName(Behind(userAgent, at + marker.Length)) ?? new NativeApp(null);
            }
        }

        return null;
    }

    // The app's own name stands right beside the marker: "MyApp/2.1; Hotwire Native iOS", "Hotwire Native Android; MyApp/2.1".
    private static NativeApp? ReadName(string text)
    {
        var word = text.TrimEnd(' ', ';');
        var start = word.LastIndexOfAny([')', ';']) + 1;
        if (ReadVersion(word[start..].Trim()) is { } own)
        {
            return ReadName(word[..start]) is { } named ? named with { Version = own } : null;
        }

        word = word[start..].Trim();
        var product = word.Split(' ', StringSplitOptions.RemoveEmptyEntries).SkipWhile(IsEngine).ToArray();
        if (product is not [var first, ..] || !char.IsAsciiLetterOrDigit(first[0]) || IsEngine(product[^1]))
        {
            return null;
        }

        var parts = string.Join(' ', product).Split('/', 2);
        return parts is [var name, var version] && Versions.Major(version) is not null ? new NativeApp(name, version.Split(' ')[0]) : new NativeApp(parts[0]);
    }

    // Some put the version apart: "MyApp; v1.4.2; Hotwire Native Android".
    private static string? ReadVersion(string text)
    {
        var version = text.TrimStart('v', 'V');
        return version.Length > 0 && version.All(character => char.IsAsciiDigit(character) || character == '.') ? version : null;
    }

    private static string Behind(string userAgent, int at)
    {
        var rest = userAgent[at..].TrimStart(' ', ';', '/');
        var end = rest.IndexOfAny([';', '(', ' ']);
        return end < 0 ? rest : rest[..end];
    }

    private static bool IsEngine(string word) =>
        word.StartsWith("Mobile/", StringComparison.Ordinal) || word.StartsWith("Version/", StringComparison.Ordinal) || word.StartsWith("Safari/", StringComparison.Ordinal)
        || word.StartsWith("Chrome/", StringComparison.Ordinal) || word.StartsWith("Mozilla/", StringComparison.Ordinal) || word.StartsWith("bridge-components", StringComparison.Ordinal)
        || word is "Mobile" or "Turbo" or "Native" or "iOS" or "Android" || (word.Length > 0 && char.IsAsciiDigit(word[0]));
}
