using Microsoft.AspNetCore.Http;
using Sessions.Identity.Devices;

namespace Sessions.Identity.Tests.Devices;

public sealed class ClientHintHeadersTests
{
    [Fact]
    public void What_was_captured_comes_back_from_what_is_kept()
    {
        var headers = new HeaderDictionary { ["sec-ch-ua-platform"] = "\"Windows\"", ["X-Client-Version"] = "2.4.1", ["Cookie"] = "secret" };

        var kept = ClientHintHeaders.FromJson(ClientHintHeaders.ToJson(ClientHintHeaders.Capture(headers)));

        Assert.Equal(2, kept.Count);
        Assert.Equal("\"Windows\"", kept["SEC-CH-UA-Platform"]);
        Assert.Equal("2.4.1", kept["x-client-version"]);
    }

    [Fact]
    public void No_headers_keep_nothing() => Assert.Null(ClientHintHeaders.ToJson(ClientHintHeaders.Capture(new HeaderDictionary())));

    [Fact]
    public void A_value_beyond_its_bound_is_left_out_since_half_of_it_could_mislead() =>
        Assert.Empty(ClientHintHeaders.Capture(new HeaderDictionary { ["Sec-CH-UA-Model"] = new string('x', 300) }));

    [Fact]
    public void What_is_kept_always_fits_its_column()
    {
        var headers = new HeaderDictionary();
        foreach (var name in ClientHintHeaders.Captured)
        {
            headers[name] = new string('"', 250);
        }

        var json = ClientHintHeaders.ToJson(ClientHintHeaders.Capture(headers));

        Assert.InRange(json!.Length, 1, 1024);
        Assert.NotEmpty(ClientHintHeaders.FromJson(json));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{\"Sec-CH-UA\":1}")]
    [InlineData("{\"Sec-CH-UA\":null}")]
    public void What_is_no_such_JSON_reads_as_no_headers(string? json) => Assert.Empty(ClientHintHeaders.FromJson(json));

    [Fact]
    public void A_stored_device_is_parsed_with_its_hints()
    {
        var parser = new UserAgentParser(Microsoft.Extensions.Options.Options.Create(new UserSessionOptions()));

        var device = StoredDevice.Reparse(parser, "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36", """{"Sec-CH-UA-Platform":"\"Windows\"","Sec-CH-UA-Platform-Version":"\"15.0.0\""}""");

        Assert.Equal("Chrome 142 on Windows 11", device.DisplayName);
    }
}
