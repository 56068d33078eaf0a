using FsCheck;
using FsCheck.Fluent;

namespace Sessions.Identity.Tests.Devices.Rules;

/// <summary>Makes texts that rules nearly match: pieces of real user agents, cut, mixed and repeated.</summary>
internal static class UserAgentGenerator
{
    private static readonly string[] _pieces =
    [
        "Mozilla/5.0 (", "Linux; ", "Android 14; ", "Android 4.4.2; en-us; ", "SM-S911B", " Build/UP1A.231005.007", "; wv", ") ", "AppleWebKit/537.36 (KHTML, like Gecko) ", "Version/4.0 ",
        "Chrome/142.0.0.0 ", "Mobile ", "Safari/537.36", "iPhone; CPU iPhone OS 18_5 like Mac OS X", "Windows NT 10.0; Win64; x64", "Firefox/142.0", "compatible; ", "bot/1.0 ", "Spider ", "+http://a.b/c ",
        "HTC ", "HTC_One ", "Nokia", "LG-", "Opera/9.80 ", "MSIE 8.0; ", "Trident/7.0; ", "CFNetwork/1410.0.3 ", "Darwin/22.6.0", "HbbTV/1.1.1 (;", ";", "; ", "/", ".", "1", "_", "-", " ", "(", ")", "[FBAN/FBIOS;", "FBAV/4.6",
        "MIDP-2.0 ", "BlackBerry9700/5.0 ", "Kindle Fire ", "UCWEB7.0 ", "Huawei", "ZTE-", "Lenovo ", "SmartWatch(", "Samsung ", "SAMSUNG-SGH", "iOS ", "Dalvik/2.1.0 (", "MyApp/2.4.1 (", "build 7", "\u00e9", "\u202e", "\0",
    ];

    /// <summary>A text of some pieces.</summary>
    public static Gen<string> Texts { get; } = Gen.Elements(_pieces).NonEmptyListOf().Select(string.Concat);

    /// <summary>A text of 8 KB: some pieces over and over again.</summary>
    public static Gen<string> LongTexts { get; } =
        Texts.Select(text => string.Concat(Enumerable.Repeat(text, 8192 / text.Length + 1))[..8192]);
}
