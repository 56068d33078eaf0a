using System.Net;
using Microsoft.AspNetCore.TestHost;

namespace Sessions.IntegrationTests.Harness;

/// <summary>A person's device: a browser with its cookies.</summary>
public sealed class Device
{
    public const string ChromeOnWindows =
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
    public const string SafariOnIPhone =
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";

    private const string ApplicationCookie = ".AspNetCore.Identity.Application";
    private static readonly Uri _home = new("https://localhost/");

    private readonly TestServer _server;
    private readonly string _userAgent;
    private readonly HttpClient _client;

    public Device(TestServer server, string userAgent, CookieContainer? cookies = null)
    {
        _server = server;
        _userAgent = userAgent;
        Cookies = cookies ?? new CookieContainer();
        _client = new HttpClient(new CookieJarHandler(Cookies, server.CreateHandler())) { BaseAddress = _home };
        _client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", userAgent);
    }

    public CookieContainer Cookies { get; }

    /// <summary>The application cookie as it is now, or null.</summary>
    public string? Ticket => Cookies.GetCookies(_home)[ApplicationCookie]?.Value;

    /// <summary>Another browser with a copy of this one's cookies as they are now.</summary>
    public Device Copy()
    {
        var copy = new CookieContainer();
        copy.Add(_home, Cookies.GetCookies(_home));
        return new Device(_server, _userAgent, copy);
    }

    /// <summary>Puts a ticket into the jar, as somebody does who copied it.</summary>
    public void Present(string ticket) => Cookies.Add(_home, new Cookie(ApplicationCookie, ticket, "/"));

    /// <summary>Loses a cookie, as a browser does that is closed.</summary>
    public void Forget(string cookie) => Cookies.GetCookies(_home)[cookie]!.Expired = true;

    public async Task<string> SignInAsync(string name = "ada@example.com", string password = TestApp.Password, bool persistent = false) =>
        await PostAsync($"/signin?name={Uri.EscapeDataString(name)}&password={Uri.EscapeDataString(password)}&persistent={persistent}");

    public async Task<string> PostAsync(string path)
    {
        using var response = await _client.PostAsync(new Uri(path, UriKind.Relative), content: null);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadAsStringAsync()).Trim('"');
    }

    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, CancellationToken cancellationToken = default) =>
        _client.SendAsync(new HttpRequestMessage(method, path), cancellationToken);

    /// <summary>Posts a form as a browser does that has the page with it open.</summary>
    public Task<HttpResponseMessage> PostFormAsync(string path, IEnumerable<KeyValuePair<string, string>> fields) =>
        _client.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(fields));

    /// <summary>Goes to a page, or sends its form, as a browser does that shows what comes back.</summary>
    public Task<HttpResponseMessage> NavigateAsync(string path, IEnumerable<KeyValuePair<string, string>>? fields = null) =>
        SendAsync(path, fields, ("Accept", "text/html,application/xhtml+xml,*/*;q=0.8"), ("Sec-Fetch-Mode", "navigate"));

    /// <summary>Sends a form with headers of its own, as a script does.</summary>
    public async Task<HttpResponseMessage> SendAsync(string path, IEnumerable<KeyValuePair<string, string>>? fields, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(fields is null ? HttpMethod.Get : HttpMethod.Post, path);
        request.Content = fields is null ? null : new FormUrlEncodedContent(fields);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _client.SendAsync(request);
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(new Uri(path, UriKind.Relative));

    /// <summary>Asks as a part of a browser does: a document, a script's fetch.</summary>
    public Task<HttpResponseMessage> GetAsync(string path, string header, string value)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation(header, value);
        return _client.SendAsync(request);
    }

    /// <summary>Whether a page that needs a signed-in person lets this device in.</summary>
    public async Task<bool> IsSignedInAsync()
    {
        using var response = await GetAsync("/whoami");
        return response.StatusCode == HttpStatusCode.OK;
    }

    public async Task<string> SessionIdAsync()
    {
        using var response = await GetAsync("/session");
        return await response.Content.ReadAsStringAsync();
    }
}
