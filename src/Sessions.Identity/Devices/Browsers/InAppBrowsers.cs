namespace Sessions.Identity.Devices;

/// <summary>Apps that open pages in a browser of their own. Named as the app: its name is what the person sees.</summary>
internal static class InAppBrowsers
{
    // The mark in the user agent, the app's name, and the product whose version it is. The first mark found counts.
    private static readonly (string Mark, string Name, string Product)[] _apps =
    [
        ("FBAN/Messenger", "Messenger", "FBAV"),
        ("FB_IAB/Orca", "Messenger", "FBAV"),
        ("FB_IAB/MESSENGER", "Messenger", "FBAV"),
        ("FBAN/Barcelona", "Threads", "FBAV"),
        ("Barcelona ", "Threads", "Barcelona"),
        ("Instagram ", "Instagram", "Instagram"),
        ("FBAN/", "Facebook", "FBAV"),
        ("FB_IAB/", "Facebook", "FBAV"),
        ("FBAV/", "Facebook", "FBAV"),
        ("[FBAN", "Facebook", "FBAV"),
        ("BytedanceWebview", "TikTok", "app_version"),
        ("musical_ly", "TikTok", "app_version"),
        ("trill_", "TikTok", "app_version"),
        ("ByteLocale", "TikTok", "app_version"),
        (" Line/", "LINE", "Line"),
        ("wxwork/", "WeCom", "wxwork"),
        ("MicroMessenger/", "WeChat", "MicroMessenger"),
        (" QQ/", "QQ", "QQ"),
        ("Qzone/", "Qzone", "Qzone"),
        ("SogouMobileBrowser", "Sogou Browser", "SogouMobileBrowser"),
        ("SogouSearch", "Sogou", "SogouSearch"),
        ("Weibo (", "Weibo", "Weibo"),
        ("__weibo__", "Weibo", "Weibo"),
        ("KAKAOTALK", "KakaoTalk", "KAKAOTALK"),
        ("NAVER(inapp", "NAVER", "NAVER"),
        ("DaumApps", "Daum", "DaumApps"),
        ("AlipayClient/", "Alipay", "AlipayClient"),
        ("DingTalk/", "DingTalk", "DingTalk"),
        ("Lark/", "Lark", "Lark"),
        ("Feishu", "Feishu", "Feishu"),
        ("baiduboxapp/", "Baidu", "baiduboxapp"),
        ("zalo", "Zalo", "Zalo"),
        ("Zalo ", "Zalo", "Zalo"),
        ("Viber/", "Viber", "Viber"),
        ("Snapchat/", "Snapchat", "Snapchat"),
        ("Snapchat ", "Snapchat", "Snapchat"),
        ("[Pinterest/", "Pinterest", "Pinterest"),
        ("Pinterest for", "Pinterest", "Pinterest"),
        ("LinkedInApp", "LinkedIn", "LinkedInApp"),
        ("Twitter for", "X", "Twitter for iPhone"),
        ("TwitterAndroid", "X", "TwitterAndroid"),
        ("WhatsApp/", "WhatsApp", "WhatsApp"),
        ("Telegram-Android/", "Telegram", "Telegram-Android"),
        ("Telegram/", "Telegram", "Telegram"),
        ("RedditWebView", "Reddit", "Reddit"),
        ("Reddit/", "Reddit", "Reddit"),
        ("BingSapphire/", "Bing", "BingSapphire"),
        ("TeamsMobile", "Microsoft Teams", "TeamsMobile"),
        ("GSA/", "Google app", "GSA"),
        ("GoogleApp/", "Google app", "GoogleApp"),
        ("GNews", "Google News", "GNews"),
        ("Flipboard", "Flipboard", "Flipboard"),
        ("SmartNews", "SmartNews", "SmartNews"),
        ("YJApp-", "Yahoo! JAPAN", "YJApp"),
        ("YahooMobile", "Yahoo", "YahooMobile"),
        ("aolapp", "AOL", "aolapp"),
        ("Shopee", "Shopee", "Shopee"),
        ("GrabWebView", "Grab", "Grab"),
        ("coc_coc_browser_app", "Coc Coc", "coc_coc_browser_app"),
    ];

    /// <summary>The app whose browser it is, or <see langword="null"/> if it is none's.</summary>
    /// <remarks>Only inside a browser's user agent: the app's own downloads and link previews begin otherwise.</remarks>
    public static NamedVersion? Find(string userAgent)
    {
        if (!userAgent.StartsWith("Mozilla/", StringComparison.Ordinal) || !IsMobile(userAgent))
        {
            return null;
        }

        foreach (var (mark, name, product) in _apps)
        {
            if (userAgent.Contains(mark, StringComparison.Ordinal))
            {
                return new NamedVersion(name, ProductToken.Version(userAgent, product));
            }
        }

        return null;
    }

    /// <summary>Whether it is the name of one of these apps.</summary>
    public static bool IsOne(string name) => Array.Exists(_apps, app => app.Name == name);

    private static bool IsMobile(string userAgent) =>
        userAgent.Contains("Mobile", StringComparison.Ordinal) || userAgent.Contains("Android", StringComparison.Ordinal)
        || userAgent.Contains("iPad", StringComparison.Ordinal) || userAgent.Contains("MicroMessenger/", StringComparison.Ordinal);
}
