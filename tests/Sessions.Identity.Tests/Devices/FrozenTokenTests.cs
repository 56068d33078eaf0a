namespace Sessions.Identity.Tests.Devices;

public sealed class FrozenTokenTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36", "Chrome 142 on Windows")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:142.0) Gecko/20100101 Firefox/142.0", "Firefox 142 on Windows")]
    public void Windows_10_and_11_say_the_same_so_neither_is_claimed(string userAgent, string name) => Assert.Equal(name, Naming.Name(userAgent));

    [Fact]
    public void An_older_Windows_is_a_fact() =>
        Assert.Equal("Internet Explorer 11 on Windows 8.1", Naming.Name("Mozilla/5.0 (Windows NT 6.3; WOW64; Trident/7.0; rv:11.0) like Gecko"));

    [Theory]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15", "Safari 18 on macOS")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:142.0) Gecko/20100101 Firefox/142.0", "Firefox 142 on macOS")]
    public void Every_macOS_since_Catalina_says_Catalina_so_no_version_is_claimed(string userAgent, string name) => Assert.Equal(name, Naming.Name(userAgent));

    [Fact]
    public void A_macOS_before_Catalina_is_a_fact() =>
        Assert.Equal("Chrome 80 on macOS 10.14", Naming.Name("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14_6) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/80.0.3987.132 Safari/537.36"));

    [Fact]
    public void Chromes_Android_10_K_is_every_phone_so_neither_version_nor_model_is_claimed() =>
        Assert.Equal("Chrome 142 on Android", Naming.Name("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36"));

    [Fact]
    public void An_Android_version_beside_a_real_model_is_a_fact() =>
        Assert.Equal("Chrome 96 on Galaxy S9 (Android 10)", Naming.Name("Mozilla/5.0 (Linux; Android 10; SM-G960F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/96.0.4664.104 Mobile Safari/537.36"));

    [Fact]
    public void Firefox_tells_the_Android_version_but_says_10_of_all_older_ones()
    {
        Assert.Equal("Firefox 142 on Android 14", Naming.Name("Mozilla/5.0 (Android 14; Mobile; rv:142.0) Gecko/142.0 Firefox/142.0"));
        Assert.Equal("Firefox 142 on Android", Naming.Name("Mozilla/5.0 (Android 10; Mobile; rv:142.0) Gecko/142.0 Firefox/142.0"));
    }

    [Fact]
    public void Safari_up_to_iOS_18_tells_the_system() =>
        Assert.Equal("Safari on iPhone (iOS 18.5)", Naming.Name("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"));

    [Fact]
    public void From_iOS_26_on_the_system_is_frozen_and_Safaris_version_is_the_systems() =>
        Assert.Equal("Safari on iPhone (iOS 26.1)", Naming.Name("Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1"));

    [Fact]
    public void An_app_on_a_frozen_iOS_has_no_version_to_tell() =>
        Assert.Equal("WeChat on iPhone", Naming.Name("Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.50(0x1800323d) NetType/WIFI"));

    [Fact]
    public void Chrome_on_iOS_writes_the_real_version() =>
        Assert.Equal("Chrome 142 on iPhone (iOS 26)", Naming.Name("Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0.7444.60 Mobile/15E148 Safari/604.1"));

    [Fact]
    public void ChromeOS_counts_its_builds_so_no_version_is_claimed() =>
        Assert.Equal("Chrome 142 on ChromeOS", Naming.Name("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"));
}
