using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using MimeKit;
using static Microsoft.Playwright.Assertions;

namespace Sessions.BrowserTests.Harness;

/// <summary>A person at a browser, in the words of the stories.</summary>
public sealed class Visitor : IAsyncDisposable
{
    public const string LoginPath = "/Identity/Account/Login";
    public const string DevicesPath = "/Identity/Account/Devices";
    public const string HistoryPath = "/Identity/Account/Devices/History";
    public const string ConfirmAccessPath = "/Identity/Account/ConfirmAccess";
    public const string OperatorsPath = "/Identity/Sessions";
    public const string EmailPath = "/Identity/Account/Manage/Email";

    private readonly IBrowserContext _context;
    private readonly List<string> _violations = [];

    public Visitor(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase))
            {
                _violations.Add($"{page.Url}: {message.Text}");
            }
        };
    }

    public IPage Page { get; }

    /// <summary>What the browser reported against the page's Content-Security-Policy.</summary>
    public IReadOnlyList<string> Violations => _violations;

    public ILocator Devices => Page.Locator(".sessions-item");

    public ILocator Status => Page.GetByRole(AriaRole.Status);

    public Task<Visitor> SignInAsync() => SignInAsync("demo@example.com", "Demo-Pa55word!");

    public async Task<Visitor> SignInAsync(string email, string password)
    {
        await FillLoginAsync(email, password);
        await Expect(Button("Log out")).ToBeVisibleAsync();
        return this;
    }

    /// <summary>Sends the login form, whatever comes of it.</summary>
    public async Task FillLoginAsync(string email, string password)
    {
        await Page.GotoAsync(LoginPath);
        await Page.GetByLabel("Email").FillAsync(email);
        await Page.GetByLabel("Password").FillAsync(password);
        await Page.Locator("#login-submit").ClickAsync();
    }

    public async Task SignOutAsync()
    {
        await Button("Log out").ClickAsync();
        await Expect(Link("Log in")).ToBeVisibleAsync();
    }

    /// <summary>Signs out the device that was active last, after this one.</summary>
    public Task SignOutLatestOtherAsync() => ConfirmAsync(Devices.Nth(1));

    public Task SignOutOthersAsync() => ConfirmAsync(Page.Locator(".sessions-summary"));

    /// <summary>The question before everything else is signed out.</summary>
    public ILocator OthersQuestion => Page.Locator(".sessions-summary .sessions-question");

    /// <summary>Opens the link of a mail, which names the address that the app has when it is run by hand.</summary>
    public Task OpenLinkAsync(MimeMessage mail) => OpenAsync(LinkIn(mail).PathAndQuery);

    /// <summary>The link "This wasn't me", as the text of a mail has it in a line of its own.</summary>
    public static Uri LinkIn(MimeMessage mail) => new(mail.TextBody!.Split('\n').Single(line => line.Contains("/NotMe?", StringComparison.Ordinal)).Trim());

    public async Task OpenAsync(string path)
    {
        var answer = await Page.GotoAsync(path);
        Assert.True(answer!.Ok, $"{path} answered {answer.Status}: {await Page.InnerTextAsync("body")}");
    }

    /// <summary>A page as the app sends it, before a browser puts it right.</summary>
    public async Task<string> SourceAsync(string path) => await (await Page.APIRequest.GetAsync(path)).TextAsync();

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = name, Exact = true });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = name, Exact = true });

    /// <summary>What axe-core has to say about the page, a line each.</summary>
    public async Task<IEnumerable<string>> AxeAsync() => (await Page.RunAxe()).Violations
        .Select(violation => $"{violation.Id}: {violation.Help}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}");

    /// <summary>By how many pixels the page is wider than its window.</summary>
    public Task<int> OverflowAsync() => Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    public Task KeepScreenshotAsync(string name) =>
        Page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots.Folder, $"{name}.png"), FullPage = true });

    // Opens the question and says yes.
    private static async Task ConfirmAsync(ILocator where)
    {
        await where.Locator(".sessions-question > summary").ClickAsync();
        await where.Locator(".sessions-sign-out button").ClickAsync();
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
