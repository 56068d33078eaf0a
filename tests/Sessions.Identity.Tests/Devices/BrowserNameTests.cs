namespace Sessions.Identity.Tests.Devices;

public sealed class BrowserNameTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/21F79 [FBAN/FBIOS;FBAV/466.0.0.0;FBDV/iPhone15,2;FBMD/iPhone;FBSN/iOS;FBSV/17.5;FBSS/3]", "Facebook on iPhone 14 Pro (iOS 17.5)")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; SM-A546B Build/UP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/125.0.0.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/465.0.0.38.107;]", "Facebook on Galaxy A54 (Android 14)")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; SM-S918B Build/UP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/125.0.0.0 Mobile Safari/537.36 Instagram 334.0.0.42.95 Android (34/14; samsung; SM-S918B; en_US)", "Instagram on Galaxy S23 Ultra (Android 14)")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) GSA/312.0.625405143 Mobile/15E148 Safari/604.1", "Google app on iPhone (iOS 17.4)")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Safari Line/14.0.0", "LINE on iPhone (iOS 17)")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.50(0x1800323d)", "WeChat on iPhone (iOS 17.1)")]
    public void An_in_app_browser_is_the_app_and_its_version_tells_nobody_anything(string userAgent, string name) => Assert.Equal(name, Naming.Name(userAgent));

    [Fact]
    public void Facebooks_own_word_on_the_system_counts_for_more_than_the_frozen_one() =>
        Assert.Equal("Facebook on iPhone 15 Pro (iOS 26.1)", Naming.Name("Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/540.0.0;FBDV/iPhone16,1;FBSN/iOS;FBSV/26.1]"));

    [Theory]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148", "iOS WebView on iPhone (iOS 17.5)")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/AP1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/125.0.0.0 Mobile Safari/537.36", "Android WebView on Pixel 8 (Android 14)")]
    public void An_unknown_apps_web_view_is_not_called_Safari_or_Chrome(string userAgent, string name) => Assert.Equal(name, Naming.Name(userAgent));

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Slack/4.35.126 Chrome/120.0.6099.56 Electron/28.1.1 Safari/537.36", "Slack 4.35.126 on Windows")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Code/1.95.3 Chrome/128.0.6613.186 Electron/32.2.1 Safari/537.36", "VS Code 1.95.3 on macOS")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.6613.186 Electron/32.2.1 Safari/537.36", "Electron 32 on Windows")]
    public void An_Electron_app_is_the_app_not_Chrome(string userAgent, string name) => Assert.Equal(name, Naming.Name(userAgent));

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0", "Edge 142 on Windows")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/127.0 Mobile/15E148 Safari/605.1.15", "Firefox 127 on iPhone (iOS 17.5)")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 OPR/124.0.0.0", "Opera 124 on Windows")]
    [InlineData("Mozilla/5.0 (Linux; Android 13; SM-S911B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/23.0 Chrome/115.0.0.0 Mobile Safari/537.36", "Samsung Internet on Galaxy S23 (Android 13)")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1 Ddg/17.4", "DuckDuckGo on iPhone (iOS 17.4)")]
    public void A_browser_goes_by_the_name_that_people_know_whatever_its_edition(string userAgent, string name) => Assert.Equal(name, Naming.Name(userAgent));

    [Fact]
    public void An_iPad_in_desktop_mode_is_told_where_its_browser_exists_on_no_Mac() =>
        Assert.Equal("Chrome 142 on iPad", Naming.Name("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0.0.0 Mobile/15E148 Safari/604.1"));

    [Fact]
    public void Samsungs_browser_runs_on_Android_whatever_its_desktop_mode_says() =>
        Assert.Equal("Samsung Internet on Android", Naming.Name("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/30.0 Chrome/143.0.0.0 Safari/537.36"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("-")]
    [InlineData("asdf")]
    public void What_says_nothing_is_an_unknown_device(string? userAgent) => Assert.Equal("Unknown device", Naming.Name(userAgent));

    [Fact]
    public void What_could_turn_a_page_around_is_left_out_of_a_name() =>
        Assert.Equal("MyAppx 2.4.1 on Pixel 8 (Android 16)", Naming.Name("MyApp\u202Ex/2.4.1 (Pixel\u0007 8; Android 16; build 1)"));
}
