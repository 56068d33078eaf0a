namespace Sessions.Identity.Tests.Devices;

public sealed class NativeAppTests
{
    private const string WebView = "Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/125.0.0.0 Mobile Safari/537.36";

    [Theory]
    [InlineData("MyApp/2.4.1 (Pixel 8; Android 16; build 241)")]
    [InlineData("MyApp/2.4.1 (Pixel 8; Android 16; build 241) okhttp/4.12.0")]
    [InlineData("MyApp/2.4.1 (Pixel 8; Android 16; build 241) " + WebView)]
    public void The_convention_names_app_device_and_system_in_front_of_any_user_agent(string userAgent)
    {
        var device = Naming.Parse(userAgent);

        Assert.Equal("MyApp 2.4.1 on Pixel 8 (Android 16)", device.DisplayName);
        Assert.Equal(("MyApp", "2.4.1", "241", DeviceType.NativeAndroid), (device.AppName, device.AppVersion, device.AppBuild, device.DeviceType));
    }

    [Theory]
    [InlineData("MyApp/2.4.1 (iPhone15,2; iOS 18.5; build 7)", "MyApp 2.4.1 on iPhone 14 Pro (iOS 18.5)", DeviceType.NativeIos)]
    [InlineData("My App/2.4 (iPad; iPadOS 18.5)", "My App 2.4 on iPad (iPadOS 18.5)", DeviceType.NativeIos)]
    [InlineData("MyApp/2.4.1 (moto g power (2022); Android 12; build 9)", "MyApp 2.4.1 on moto g power (2022) (Android 12)", DeviceType.NativeAndroid)]
    [InlineData("MyApp/2.4.1 (MacBookPro18,1; macOS 15.5)", "MyApp 2.4.1 on MacBookPro18,1 (macOS 15.5)", DeviceType.Desktop)]
    public void The_convention_holds_on_every_system(string userAgent, string name, string type)
    {
        Assert.Equal(name, Naming.Name(userAgent));
        Assert.Equal(type, Naming.Parse(userAgent).DeviceType);
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Linux; Android 13; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36")]
    [InlineData("curl/8.5.0 (x86_64-pc-linux-gnu) libcurl/8.5.0")]
    [InlineData("FooBot/1.0 (+https://foo.example/bot)")]
    public void A_comment_without_a_system_in_its_place_is_no_app(string userAgent) => Assert.Null(Naming.Parse(userAgent).AppName);

    [Theory]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) MyApp/3.1; Hotwire Native iOS; Turbo Native iOS; bridge-components: [form]", "MyApp 3.1 on iPhone (iOS 18.5)")]
    [InlineData("MyApp/3.1; Hotwire Native Android; Turbo Native Android; bridge-components: []; " + WebView, "MyApp 3.1 on Pixel 8 (Android 14)")]
    [InlineData("MyApp; v3.1; Hotwire Native Android; Turbo Native Android; " + WebView, "MyApp 3.1 on Pixel 8 (Android 14)")]
    [InlineData("Hotwire Native Android; Turbo Native Android; bridge-components: []; " + WebView, "Pixel 8 (Android 14)")]
    public void Hotwires_marker_names_the_app_beside_it_and_no_browser(string userAgent, string name) => Assert.Equal(name, Naming.Name(userAgent));

    [Fact]
    public void A_MAUI_apps_web_view_is_the_app() => Assert.Equal("MyMaui 3.1 on Pixel 8 (Android 14)", Naming.Name(WebView + " MyMaui/3.1 HybridWebView"));

    [Fact]
    public void The_headers_of_an_app_complete_what_its_user_agent_says()
    {
        var device = Naming.Parse("MyApp/77 CFNetwork/1568.100.1 Darwin/24.5.0", ("X-Client-Platform", "ios"), ("X-Client-Version", "2.4.1"), ("X-Client-Build", "77"), ("X-Client-OS", "iOS 18.5"));

        Assert.Equal("MyApp 2.4.1 on iOS 18.5", device.DisplayName);
        Assert.Equal(("77", DeviceType.NativeIos), (device.AppBuild, device.DeviceType));
    }

    [Theory]
    [InlineData("<script>", "2.4", DeviceType.Smartphone)]
    [InlineData("windows 95; drop", "2.4", DeviceType.Smartphone)]
    [InlineData("ios", "2.4\"><b>", DeviceType.NativeIos)]
    public void A_header_of_another_form_counts_as_not_sent(string platform, string version, string type)
    {
        var device = Naming.Parse(WebView, ("X-Client-Platform", platform), ("X-Client-Version", version));

        Assert.Null(device.AppVersion);
        Assert.Equal(type, device.DeviceType);
    }

    [Fact]
    public void A_declared_name_is_recognised_without_the_convention()
    {
        Assert.Equal("AcmeBank 5.2 on iPhone (iOS 17)", Naming.Parse(["AcmeBank"], "AcmeBank 5.2 (iPhone; iOS 17.0)").DisplayName);
        Assert.Null(Naming.Parse("AcmeBank 5.2 (iPhone; iOS 17.0)").AppName);
    }

    [Fact]
    public void An_app_that_leaves_its_user_agent_to_iOS_is_named_by_it() => Assert.Equal("MyApp on iOS 16", Naming.Name("MyApp/241 CFNetwork/1410.0.3 Darwin/22.6.0"));

    [Fact]
    public void An_app_that_leaves_its_user_agent_to_Android_is_known_by_its_phone() =>
        Assert.Equal("Galaxy A53 (Android 13)", Naming.Name("Dalvik/2.1.0 (Linux; U; Android 13; SM-A536B Build/TP1A.220624.014)"));
}
