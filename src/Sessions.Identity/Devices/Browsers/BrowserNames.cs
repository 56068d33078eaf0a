using System.Collections.Frozen;

namespace Sessions.Identity.Devices;

/// <summary>The rules' families by the names that people know. The rules tell a browser's editions apart; the device is named beside it anyway.</summary>
internal static class BrowserNames
{
    public const string AndroidWebView = "Android WebView";
    public const string IosWebView = "iOS WebView";
    public const string Safari = "Safari";

    private static readonly FrozenDictionary<string, string> _names = new Dictionary<string, string>
    {
        ["Mobile Safari"] = Safari,
        ["Mobile Safari UI/WKWebView"] = IosWebView,
        ["Chrome Mobile WebView"] = AndroidWebView,
        ["Chrome Mobile iOS"] = "Chrome",
        ["Android"] = "Android Browser",
        ["IE"] = "Internet Explorer",
        ["IE Mobile"] = "Internet Explorer",
        ["IE Large Screen"] = "Internet Explorer",
        ["Firefox iOS"] = "Firefox",
        ["Firefox Alpha"] = "Firefox",
        ["Firefox Beta"] = "Firefox",
        ["DuckDuckGo Mobile"] = "DuckDuckGo",
        ["Opera Tablet"] = "Opera",
        ["Opera Touch"] = "Opera",
        ["MiuiBrowser"] = "Mi Browser",
        ["Amazon Silk"] = "Silk",
        ["UC Browser"] = "UC Browser",
        ["Google"] = "Google app",
        ["Facebook Messenger"] = "Messenger",
        ["Twitter"] = "X",
        ["QQ Browser Mini"] = "QQ Browser",
        ["Mail.ru Chromium Browser"] = "Atom",
        ["Seznam prohlížeč"] = "Seznam",
        ["Slack Desktop Client"] = "Slack",
        ["Epiphany"] = "GNOME Web",
    }.ToFrozenDictionary();

    public static string? Of(string? family)
    {
        if (family is null or "Other" or "Spider" or "CFNetwork" or "HbbTV")
        {
            return null;
        }

        return _names.TryGetValue(family, out var name) ? name
            : family.EndsWith(" Mobile", StringComparison.Ordinal) ? family[..^" Mobile".Length]
            : family;
    }
}
