using Microsoft.AspNetCore.Http;
using Sessions.Identity.Devices;

namespace Sessions.Identity.Tests.Devices;

public sealed class RequestClientHintsTests
{
    private readonly DefaultHttpContext _context = new();

    public RequestClientHintsTests()
    {
        _context.Request.Scheme = "https";
        _context.Request.Host = new HostString("app.example");
        _context.Request.Method = "GET";
        _context.Request.Headers["Sec-Fetch-Mode"] = "navigate";
        _context.Request.Headers["Sec-CH-UA"] = "\"Chromium\";v=\"142\"";
    }

    [Fact]
    public void A_secure_response_asks_for_the_hints()
    {
        RequestClientHints.Apply(_context);

        Assert.Equal(RequestClientHints.Wanted, _context.Response.Headers["Accept-CH"]);
        Assert.False(_context.Response.Headers.ContainsKey("Critical-CH"));
    }

    [Fact]
    public void A_response_in_the_clear_asks_for_nothing()
    {
        _context.Request.Scheme = "http";

        RequestClientHints.Apply(_context);

        Assert.Empty(_context.Response.Headers);
    }

    [Fact]
    public void The_hosts_own_header_stays_as_it_is()
    {
        _context.Response.Headers["Accept-CH"] = "Width";

        RequestClientHints.Apply(_context);

        Assert.Equal("Width", _context.Response.Headers["Accept-CH"]);
    }

    [Fact]
    public void Sent_away_to_another_site_the_browser_would_forget_so_the_hints_are_critical()
    {
        _context.Response.Redirect("https://login.example/authorize");

        RequestClientHints.Apply(_context);

        Assert.Contains("Sec-CH-UA-Platform-Version", _context.Response.Headers["Critical-CH"].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://app.example/home", "GET", null)]
    [InlineData("/home", "GET", null)]
    [InlineData("https://login.example/authorize", "POST", null)]
    [InlineData("https://login.example/authorize", "GET", "\"15.0.0\"")]
    public void A_second_try_is_asked_for_only_where_it_pays_and_is_safe(string location, string method, string? sent)
    {
        _context.Request.Method = method;
        _context.Request.Headers["Sec-CH-UA-Platform-Version"] = sent;
        _context.Response.Redirect(location);

        RequestClientHints.Apply(_context);

        Assert.False(_context.Response.Headers.ContainsKey("Critical-CH"));
    }
}
