using System.Net;
using System.Text.RegularExpressions;

namespace Sessions.IntegrationTests.Templates;

/// <summary>A person's browser on the stock pages of a template: forms, antiforgery and a cookie jar.</summary>
internal sealed partial class Browser : IDisposable
{
    public const string Password = "Pa55-word!";

    private const string DevicesPath = "/Identity/Account/Devices";

    private readonly HttpClient _client;

    /// <param name="cookies">The jar. It may outlive the app, which gets another port when it starts again: cookies don't care.</param>
    public Browser(Uri address, CookieContainer? cookies = null)
    {
        Cookies = cookies ?? new CookieContainer();
        _client = new HttpClient(new HttpClientHandler { CookieContainer = Cookies }) { BaseAddress = address };
        _client.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36");
    }

    public CookieContainer Cookies { get; }

    public Browser Copy()
    {
        var cookies = new CookieContainer();
        cookies.Add(Cookies.GetAllCookies());
        return new Browser(_client.BaseAddress!, cookies);
    }

    public async Task RegisterAsync(string email)
    {
        var confirmation = await PostAsync("/Identity/Account/Register", new()
        {
            ["Input.Email"] = email,
            ["Input.Password"] = Password,
            ["Input.ConfirmPassword"] = Password,
        });
        var link = ConfirmLink().Match(confirmation);
        Assert.True(link.Success, "The page after the registration has no link to confirm the account.");
        await ReadAsync(WebUtility.HtmlDecode(link.Groups[1].Value));
    }

    public async Task<bool> SignInAsync(string email, string password = Password)
    {
        await PostAsync("/Identity/Account/Login", new() { ["Input.Email"] = email, ["Input.Password"] = password, ["Input.RememberMe"] = "true" });
        return await IsSignedInAsync();
    }

    public async Task SignOutAsync() => await PostAsync("/Identity/Account/Logout", [], formPage: "/");

    /// <summary>Whether the page of one's own account lets this browser in.</summary>
    public async Task<bool> IsSignedInAsync()
    {
        using var response = await _client.GetAsync(new Uri("/Identity/Account/Manage", UriKind.Relative));
        response.EnsureSuccessStatusCode();
        return !response.RequestMessage!.RequestUri!.AbsolutePath.EndsWith("/Login", StringComparison.Ordinal);
    }

    /// <summary>What the Devices page lists.</summary>
    public async Task<List<ListedDevice>> DevicesAsync() =>
        [.. Devices().Matches(await ReadAsync(DevicesPath)).Select(item => new ListedDevice(
            item.Groups["id"].Value, item.Groups["name"].Value, item.Groups["class"].Value.Contains("sessions-current", StringComparison.Ordinal)))];

    public Task SignOutDeviceAsync(string id) => PostAsync($"{DevicesPath}?handler=SignOut", new() { ["id"] = id }, formPage: DevicesPath);

    /// <summary>Opens a page.</summary>
    public Task<string> ReadAsync(string path) => _client.GetStringAsync(new Uri(path, UriKind.RelativeOrAbsolute));

    /// <summary>Sends a page's form, with the fields that the page has filled in.</summary>
    /// <returns>The page that it leads to.</returns>
    public async Task<Page> SubmitAsync(Page page, string? action = null, params (string Name, string Value)[] fields)
    {
        var filled = new Dictionary<string, string>();
        foreach (var (name, value) in HiddenFields().Matches(page.Text).Select(field => (field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value))).Concat(fields))
        {
            filled[name] = value;
        }

        using var form = new FormUrlEncodedContent(filled);
        using var response = await _client.PostAsync(action is null ? page.Address : new Uri(page.Address, action), form);
        return await Page.OfAsync(response);
    }

    /// <summary>Opens a page, whatever it answers.</summary>
    public async Task<Page> OpenAsync(string path)
    {
        using var response = await _client.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute));
        return await Page.OfAsync(response);
    }

    public void Dispose() => _client.Dispose();

    private async Task<string> PostAsync(string path, Dictionary<string, string> fields, string? formPage = null)
    {
        var token = AntiforgeryToken().Match(await ReadAsync(formPage ?? path));
        Assert.True(token.Success, $"{formPage ?? path} has no form.");
        fields["__RequestVerificationToken"] = token.Groups[1].Value;
        using var form = new FormUrlEncodedContent(fields);
        using var response = await _client.PostAsync(new Uri(path, UriKind.Relative), form);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsStringAsync();
    }

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]* value="([^"]+)""")]
    private static partial Regex AntiforgeryToken();

    [GeneratedRegex("""<li class="(?<class>[^"]*)" data-session="(?<id>[^"]+)">.*?<strong class="sessions-device"><bdi>(?<name>[^<]+)""", RegexOptions.Singleline)]
    private static partial Regex Devices();

    [GeneratedRegex("""<input(?=[^>]* type="hidden")[^>]*? name="([^"]+)"[^>]* value="([^"]*)""")]
    private static partial Regex HiddenFields();

    [GeneratedRegex("""id="confirm-link" href="([^"]+)""")]
    private static partial Regex ConfirmLink();
}

/// <summary>A device as its owner sees it.</summary>
internal sealed record ListedDevice(string Id, string Name, bool IsCurrent);

/// <summary>A page that a browser has open.</summary>
internal sealed record Page(Uri Address, HttpStatusCode Status, string Text)
{
    public static async Task<Page> OfAsync(HttpResponseMessage response) =>
        new(response.RequestMessage!.RequestUri!, response.StatusCode, await response.Content.ReadAsStringAsync());
}
