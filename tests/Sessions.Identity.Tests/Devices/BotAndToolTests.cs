namespace Sessions.Identity.Tests.Devices;

public sealed class BotAndToolTests
{
    [Theory]
    [InlineData("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "Bot (Googlebot)")]
    [InlineData("Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "Bot (Googlebot)")]
    [InlineData("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", "Bot (Bingbot)")]
    [InlineData("Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)", "Bot (YandexBot)")]
    [InlineData("facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", "Bot (Facebook)")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/142.0.0.0 Safari/537.36", "Bot (Headless Chrome)")]
    public void A_bot_is_a_bot_whatever_browser_it_dresses_as(string userAgent, string name) => Assert.Equal(name, Naming.Name(userAgent));

    [Theory]
    [InlineData("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; GPTBot/1.2; +https://openai.com/gptbot", "Bot (GPTBot)")]
    [InlineData("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)", "Bot (ClaudeBot)")]
    [InlineData("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; PerplexityBot/1.0; +https://perplexity.ai/perplexitybot)", "Bot (PerplexityBot)")]
    [InlineData("Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; +https://openai.com/bot", "Bot (ChatGPT-User)")]
    public void An_AI_crawler_is_named(string userAgent, string name) => Assert.Equal(name, Naming.Name(userAgent));

    [Theory]
    [InlineData("NewBot/0.1", "Bot (NewBot)")]
    [InlineData("some-crawler2/0.1 (contact us)", "Bot (some-crawler2)")]
    [InlineData("Probe/1.0 (+https://scan.example/)", "Bot (Probe)")]
    [InlineData("Mozilla/5.0 (compatible; Ezooms/1.0; help@moz.com)", "Bot (Ezooms)")]
    public void A_bot_that_nobody_listed_yet_is_told_by_its_own_word(string userAgent, string name) => Assert.Equal(name, Naming.Name(userAgent));

    [Theory]
    [InlineData("Mozilla/5.0 (Linux; Android 13; CUBOT X30) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36")]
    [InlineData("Mozilla/5.0 (Linux; Android 4.2.2; HTC Butterfly s Build/JDQ39) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/29.0.1547.72 Mobile Safari/537.36")]
    [InlineData("Mozilla/5.0 (Linux; Android 15; CPH2557 Build/AP3A.240617.008; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/142.0.7444.142 Mobile Safari/537.36")]
    public void A_phone_whose_name_sounds_like_a_crawler_is_a_phone(string userAgent) => Assert.Equal(DeviceType.Smartphone, Naming.Parse(userAgent).DeviceType);

    [Theory]
    [InlineData("curl/8.5.0", "curl", "8.5.0")]
    [InlineData("Wget/1.21.3", "Wget", "1.21.3")]
    [InlineData("python-requests/2.31.0", "python-requests", "2.31.0")]
    [InlineData("Python/3.12 aiohttp/3.9.1", "aiohttp", "3.9.1")]
    [InlineData("okhttp/4.12.0", "OkHttp", "4.12.0")]
    [InlineData("Go-http-client/2.0", "Go", "2.0")]
    [InlineData("PostmanRuntime/7.43.0", "Postman", "7.43.0")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Microsoft Windows 10.0.22631; en-US) PowerShell/7.4.0", "PowerShell", "7.4.0")]
    public void A_tool_goes_by_its_name_alone(string userAgent, string name, string version)
    {
        var device = Naming.Parse(userAgent);

        Assert.Equal((DeviceType.Tool, name, version), (device.DeviceType, device.DisplayName, device.BrowserVersion));
    }
}
