using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sessions.BrowserTests.Harness;
using Sessions.Identity.Tests.Locations;

namespace Sessions.BrowserTests;

/// <summary>The sample's configuration of places, tried as its documentation tries it: with a client, not a browser.</summary>
public sealed partial class SamplePlaceTests
{
    [Fact]
    [Trait("Category", MaxMindFiles.Category)]
    public async Task The_sample_takes_the_file_from_configuration_and_believes_this_machines_forwarded_address()
    {
        var file = MaxMindFiles.Path("GeoLite2-City-Test");
        await using var app = new SampleApp(builder => builder.UseSetting("Sessions:Geolocation:DatabasePath", file));

        var page = await SignInAsync(new Uri(app.Start()), "81.2.69.160");

        Assert.Contains("London, United Kingdom", page, StringComparison.Ordinal);
        Assert.Contains("approximate, from the IP address", page, StringComparison.Ordinal);
        Assert.Contains("81.2.69.160", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_file_the_page_shows_the_address_without_a_place_and_one_log_line_says_what_to_set()
    {
        await using var app = new SampleApp(builder =>
        {
            builder.UseSetting("Logging:LogLevel:IdentityApp", "Information");
            builder.ConfigureTestServices(services => services.AddFakeLogging());
        });

        var page = await SignInAsync(new Uri(app.Start()), "81.2.69.160");

        Assert.Contains("81.2.69.160", page, StringComparison.Ordinal);
        Assert.DoesNotContain("London", page, StringComparison.Ordinal);
        Assert.Single(
            app.Services.GetFakeLogCollector().GetSnapshot(),
            line => line.Message.Contains("Set Sessions:Geolocation:DatabasePath", StringComparison.Ordinal)
                && line.Message.Contains("Sessions__Geolocation__DatabasePath", StringComparison.Ordinal));
    }

    private static async Task<string> SignInAsync(Uri app, string address)
    {
        using var handler = new HttpClientHandler { CookieContainer = new CookieContainer() };
        using var client = new HttpClient(handler) { BaseAddress = app };
        client.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        var token = Token().Match(await client.GetStringAsync(new Uri("/Identity/Account/Login", UriKind.Relative))).Groups[1].Value;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = token,
            ["Input.Email"] = "demo@example.com",
            ["Input.Password"] = "Demo-Pa55word!",
        });
        using var answer = await client.PostAsync(new Uri("/Identity/Account/Login", UriKind.Relative), form);
        return await client.GetStringAsync(new Uri("/Identity/Account/Devices", UriKind.Relative));
    }

    [GeneratedRegex("__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)")]
    private static partial Regex Token();
}
