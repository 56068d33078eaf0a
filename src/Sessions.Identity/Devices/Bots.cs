using System.Collections.Frozen;

namespace Sessions.Identity.Devices;

/// <summary>Bots and crawlers, AI's among them.</summary>
internal static class Bots
{
    private static readonly string[] _words = ["bot", "crawler", "spider", "fetcher", "scraper", "scanner", "monitor", "validator", "checker"];

    // Nobody honest says one of them more often.
    private const int MostTries = 8;

    private static readonly FrozenDictionary<string, string> _names = new Dictionary<string, string>
    {
        ["bingbot"] = "Bingbot",
        ["facebookexternalhit"] = "Facebook",
        ["facebookcatalog"] = "Facebook",
        ["Slurp"] = "Yahoo! Slurp",
        ["Chrome-Lighthouse"] = "Lighthouse",
        ["HeadlessChrome"] = "Headless Chrome",
        ["PhantomJS"] = "PhantomJS",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static DeviceInfo? Recognise(DeviceClues clues)
    {
        // A crawler's mark inside an in-app browser is that app's own: people sign in there.
        if (InAppBrowsers.Find(clues.UserAgent) is not null)
        {
            return null;
        }

        var name = FromCrawlerList(clues) ?? FromWords(clues.UserAgent) ?? FromRules(clues) ?? BotManners.NameOf(clues.UserAgent);
        return name is null ? null : new DeviceInfo { Browser = _names.GetValueOrDefault(name, name), DeviceType = DeviceType.Bot };
    }

    private static string? FromCrawlerList(DeviceClues clues)
    {
        if (clues.Crawler is not { IsLibrary: false } crawler || ElectronApps.Find(clues.UserAgent) is not null)
        {
            return null;
        }

        // The list's patterns are pieces of names, or of addresses; a person knows the whole name.
        var whole = WordAround(clues.UserAgent, crawler.Matched);
        if (IsPartOfPlatform(clues.UserAgent, crawler.Matched))
        {
            return null;
        }

        return IsName(whole) ? whole : FromWords(clues.UserAgent) ?? FromRules(clues) ?? crawler.Matched.Trim('/', ' ', '(', ')', ';', '+');
    }

    // "Butterfly" is a crawler, and a phone of HTC's; Cubot makes phones. Where a browser names its device, nobody puts a crawler
    // without an address.
    private static bool IsPartOfPlatform(string userAgent, ReadOnlySpan<char> mark)
    {
        var (open, close) = (userAgent.IndexOf('(', StringComparison.Ordinal), userAgent.IndexOf(')', StringComparison.Ordinal));
        var at = userAgent.AsSpan().IndexOf(mark, StringComparison.Ordinal);
        if (!userAgent.StartsWith("Mozilla/", StringComparison.Ordinal) || at < open || at > close)
        {
            return false;
        }

        var platform = userAgent.AsSpan(open, close - open);
        return (platform.Contains("Android", StringComparison.Ordinal) || platform.Contains("iPhone", StringComparison.Ordinal))
            && platform.IndexOfAny("@+") < 0 && !platform.Contains("http", StringComparison.OrdinalIgnoreCase) && !platform.Contains("compatible", StringComparison.Ordinal);
    }

    private static string? FromRules(DeviceClues clues) =>
        clues.Device?.Family == "Spider" ? (clues.Browser?.Family is { } family && family != "Other" ? family : "Unknown") : null;

    private static string? FromWords(string userAgent)
    {
        foreach (var word in _words)
        {
            var at = -1;
            for (var tries = 0; tries < MostTries; tries++)
            {
                at = userAgent.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase);
                if (at < 0)
                {
                    break;
                }

                var whole = WordAround(userAgent, word, at);
                if (whole.Length > word.Length && EndsLikeABot(whole, word) && !IsInAddress(userAgent, at) && !IsPartOfPlatform(userAgent, userAgent.AsSpan(at, word.Length)))
                {
                    return whole;
                }
            }
        }

        return null;
    }

    // "FooBot", "foo-crawler2", "Robot": but not "Abbott" or "Bottega".
    private static bool EndsLikeABot(string whole, string word) =>
        IsName(whole) && whole.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '-').EndsWith(word, StringComparison.OrdinalIgnoreCase);

    private static bool IsInAddress(string userAgent, int at)
    {
        var start = userAgent.LastIndexOfAny([' ', '(', ';', '+', ','], at) + 1;
        return userAgent.AsSpan(start, at - start).IndexOfAny(['/', '@', '.']) >= 0;
    }

    private static string WordAround(string userAgent, string part) =>
        WordAround(userAgent, part, userAgent.IndexOf(part, StringComparison.Ordinal));

    private static string WordAround(string userAgent, string part, int at)
    {
        var (start, end) = (at, at + part.TrimEnd('/', ' ', '(', ')', ';').Length);
        while (start > 0 && at - start < DeviceText.LongestName && IsPartOfName(userAgent[start - 1]))
        {
            start--;
        }

        while (end < userAgent.Length && end - at < DeviceText.LongestName && IsPartOfName(userAgent[end]))
        {
            end++;
        }

        return userAgent[start..end].Trim();
    }

    private static bool IsPartOfName(char character) => char.IsLetterOrDigit(character) || character is '-' or '_' or '.';

    private static bool IsName(string text) =>
        text.Length is > 2 and <= DeviceText.LongestName && char.IsLetter(text[0]) && !text.AsSpan().ContainsAny("/.@:+");
}
