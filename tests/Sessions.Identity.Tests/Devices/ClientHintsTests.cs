namespace Sessions.Identity.Tests.Devices;

public sealed class ClientHintsTests
{
    private const string Windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
    private const string Mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
    private const string Phone = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36";
    private const string Tablet = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

    [Theory]
    [InlineData("15.0.0", "Chrome 142 on Windows 11")]
    [InlineData("13.0.0", "Chrome 142 on Windows 11")]
    [InlineData("10.0.0", "Chrome 142 on Windows 10")]
    [InlineData("0.3.0", "Chrome 142 on Windows 8.1")]
    [InlineData("", "Chrome 142 on Windows")]
    public void The_platform_version_tells_Windows_10_from_11(string version, string name) =>
        Assert.Equal(name, Naming.Name(Windows, ("Sec-CH-UA-Platform", "\"Windows\""), ("Sec-CH-UA-Platform-Version", $"\"{version}\"")));

    [Fact]
    public void The_platform_version_tells_the_macOS_that_the_user_agent_froze() =>
        Assert.Equal("Chrome 142 on macOS 15.5", Naming.Name(Mac, ("Sec-CH-UA-Platform", "\"macOS\""), ("Sec-CH-UA-Platform-Version", "\"15.5.0\"")));

    [Fact]
    public void The_hints_tell_the_model_and_version_of_an_Android() =>
        Assert.Equal("Chrome 142 on Pixel 8 (Android 16)", Naming.Name(Phone, ("Sec-CH-UA-Platform", "\"Android\""), ("Sec-CH-UA-Platform-Version", "\"16.0.0\""), ("Sec-CH-UA-Model", "\"Pixel 8\"")));

    [Fact]
    public void A_model_number_reads_as_the_name_on_the_box() =>
        Assert.Equal("Samsung Internet on Galaxy S23", Naming.Name(
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36", ("Sec-CH-UA-Model", "\"SM-S911B\"")));

    [Theory]
    [InlineData("\"Chromium\";v=\"142\", \"Microsoft Edge\";v=\"142\", \"Not_A Brand\";v=\"99\"", "Edge 142 on Windows")]
    [InlineData("\"Not;A=Brand\";v=\"8\", \"Chromium\";v=\"142\", \"Brave\";v=\"142\"", "Brave 142 on Windows")]
    [InlineData("\"Opera\";v=\"125\", \"Chromium\";v=\"141\", \"Not?A_Brand\";v=\"8\"", "Opera 125 on Windows")]
    [InlineData("\"(Not(A:Brand\";v=\"8\", \"Chromium\";v=\"142\", \"Google Chrome\";v=\"142\"", "Chrome 142 on Windows")]
    [InlineData("\"Vivaldi\";v=\"7.6\", \"Chromium\";v=\"140\", \"Not\\\\\\\"A;Brand\";v=\"24\"", "Vivaldi 7 on Windows")]
    [InlineData("\"Chromium\";v=\"142\", \"Not A;Brand\";v=\"99\"", "Chromium 142 on Windows")]
    public void The_real_browser_is_found_among_the_brands(string brands, string name) => Assert.Equal(name, Naming.Name(Windows, ("Sec-CH-UA", brands)));

    [Fact]
    public void A_full_version_list_says_as_much_as_the_short_one() =>
        Assert.Equal("Edge 142 on Windows", Naming.Name(Windows, ("Sec-CH-UA-Full-Version-List", "\"Chromium\";v=\"142.0.7444.60\", \"Microsoft Edge\";v=\"142.0.3595.53\", \"Not_A Brand\";v=\"99.0.0.0\"")));

    [Fact]
    public void A_browser_that_names_itself_only_in_the_user_agent_keeps_its_name() =>
        Assert.Equal("Yandex Browser 25 on Windows", Naming.Name(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 YaBrowser/25.8.0.0 Safari/537.36",
            ("Sec-CH-UA", "\"Chromium\";v=\"138\", \"Google Chrome\";v=\"138\", \"Not_A Brand\";v=\"99\"")));

    [Fact]
    public void Hints_beside_another_engines_user_agent_are_an_invention_and_count_for_nothing() =>
        Assert.Equal("Firefox 142 on Windows", Naming.Name("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:142.0) Gecko/20100101 Firefox/142.0",
            ("Sec-CH-UA", "\"Google Chrome\";v=\"142\""), ("Sec-CH-UA-Platform", "\"Android\"")));

    [Fact]
    public void Mobile_and_form_factor_tell_a_phone_from_a_tablet()
    {
        Assert.Equal(DeviceType.Smartphone, Naming.Parse(Phone, ("Sec-CH-UA-Platform", "\"Android\""), ("Sec-CH-UA-Mobile", "?1")).DeviceType);
        Assert.Equal(DeviceType.Tablet, Naming.Parse(Tablet, ("Sec-CH-UA-Platform", "\"Android\""), ("Sec-CH-UA-Mobile", "?0")).DeviceType);
        Assert.Equal(DeviceType.Tablet, Naming.Parse(Phone, ("Sec-CH-UA-Form-Factors", "\"Tablet\"")).DeviceType);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("\"\"\"\"\"")]
    [InlineData("\\\\\\\"")]
    [InlineData(";v=\"\", ,,,\"x")]
    public void A_malformed_hint_counts_for_nothing(string hint) =>
        Assert.Equal("Chrome 142 on Windows", Naming.Name(Windows, ("Sec-CH-UA", hint), ("Sec-CH-UA-Platform-Version", hint), ("Sec-CH-UA-Full-Version-List", hint)));

    [Fact]
    public void The_names_of_headers_have_no_case() =>
        Assert.Equal("Chrome 142 on Windows 11", Naming.Name(Windows, ("sec-ch-ua-platform", "\"Windows\""), ("SEC-CH-UA-PLATFORM-VERSION", "\"15.0.0\"")));
}
