using System.Buffers;

namespace Sessions.Identity.Devices;

/// <summary>What bots do that browsers don't: give an address to turn to, or call themselves compatible with something.</summary>
internal static class BotManners
{
    private const string Compatible = "(compatible; ";
    private static readonly SearchValues<char> _ends = SearchValues.Create("/;()+,");
    private static readonly string[] _browsers = ["MSIE", "Konqueror", "Opera", "U;", "iCab", "OmniWeb", "ABrowse", "IBrowse", "Windows", "Linux", "Web"];

    /// <summary>The bot's name, or <see langword="null"/> if it has no such manners.</summary>
    public static string? NameOf(string userAgent)
    {
        var compatible = userAgent.IndexOf(Compatible, StringComparison.Ordinal);
        if (compatible >= 0 && Product(userAgent[(compatible + Compatible.Length)..]) is { } called
            && !_browsers.Any(browser => called.StartsWith(browser, StringComparison.Ordinal)))
        {
            return called;
        }

        var address = userAgent.IndexOf("http", StringComparison.OrdinalIgnoreCase);
        if (address < 0 || !(userAgent.AsSpan(address).StartsWith("http://", StringComparison.OrdinalIgnoreCase) || userAgent.AsSpan(address).StartsWith("https://", StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        return userAgent.StartsWith("Mozilla/", StringComparison.Ordinal) ? "Unknown" : Product(userAgent) ?? "Unknown";
    }

    private static string? Product(string text)
    {
        var end = text.AsSpan().IndexOfAny(_ends);
        return DeviceText.Clean(end < 0 ? text : text[..end], DeviceText.LongestName);
    }
}
