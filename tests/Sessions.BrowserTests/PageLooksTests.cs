using Microsoft.Playwright;
using Sessions.BrowserTests.Harness;
using static Microsoft.Playwright.Assertions;

namespace Sessions.BrowserTests;

/// <summary>Each page in light and dark, wide and on a phone, right to left, and without JavaScript: axe-core finds nothing, nothing is cut off,
/// no policy is broken, and a screenshot is kept to look at.</summary>
public sealed class PageLooksTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const int Phone = 390;
    private const int Wide = 1200;

    [Theory]
    [InlineData("en", "light", Wide)] // every pair of a direction, a theme and a width
    [InlineData("en", "dark", Phone)]
    [InlineData("ar", "dark", Wide)]
    [InlineData("ar", "light", Phone)]
    [InlineData("de", "light", Phone)] // its words are the longest
    public async Task Every_page_is_accessible_fits_and_keeps_to_the_policy(string language, string theme, int width)
    {
        await using var visitor = await VisitAsync(language, theme, width);
        var look = $"{language}-{theme}-{width}";

        await visitor.OpenAsync(Visitor.DevicesPath);
        await LookAsync(visitor, $"devices-{look}");
        await visitor.Devices.Nth(1).Locator("summary").ClickAsync();
        await LookAsync(visitor, $"devices-question-{look}");
        await visitor.OpenAsync(Visitor.HistoryPath);
        await visitor.Page.Locator(".sessions-chart-table summary").ClickAsync();
        await LookAsync(visitor, $"history-{look}");
        await visitor.OpenAsync($"{Visitor.HistoryPath}?show=Failed&from=2001-01-01&to=2001-01-02");
        await LookAsync(visitor, $"history-empty-{look}");
        await visitor.OpenAsync(Visitor.ConfirmAccessPath);
        await LookAsync(visitor, $"confirm-access-{look}");

        Assert.Empty(visitor.Violations);
    }

    // The sample's own file follows the system; ours only follow what the page then is.
    [Fact]
    public async Task Without_JavaScript_every_page_is_whole()
    {
        await using var visitor = await VisitAsync("en", "dark", Wide, hasScripts: false);

        await visitor.OpenAsync(Visitor.DevicesPath);
        await Expect(visitor.Page.Locator("html[data-bs-theme]")).ToHaveCountAsync(0);
        await visitor.KeepScreenshotAsync("devices-without-script");
        await visitor.Devices.Nth(1).Locator("summary").ClickAsync();
        await Expect(visitor.Devices.Nth(1).Locator("form button")).ToBeVisibleAsync();
        await visitor.OpenAsync(Visitor.HistoryPath);
        await Expect(visitor.Page.Locator("svg.sessions-bars rect").First).ToBeVisibleAsync();
        await visitor.Page.GetByLabel("From (UTC)").FillAsync("2001-01-01");
        await visitor.Page.GetByLabel("To (UTC)").FillAsync("2001-01-02");
        await visitor.Button("Show").ClickAsync();
        await Expect(visitor.Page.Locator(".sessions-empty")).ToHaveTextAsync("Nothing matches this filter.");

        Assert.Empty(visitor.Violations);
    }

    [Fact]
    public async Task A_hundred_devices_are_folded_and_stay_usable()
    {
        await using var visitor = await VisitAsync("en", "light", Phone);
        await browser.AddSessionsAsync(95);

        await visitor.OpenAsync(Visitor.DevicesPath);
        await LookAsync(visitor, "devices-hundred");
        await visitor.Page.Locator(".sessions-more > summary").First.ClickAsync();
        await visitor.Devices.Nth(60).Locator("summary").ClickAsync();
        await visitor.Devices.Nth(60).Locator(".sessions-sign-out button").ClickAsync();

        await Expect(visitor.Status).ToContainTextAsync(" was signed out.");
        await visitor.SignOutOthersAsync();
        await Expect(visitor.Devices).ToHaveCountAsync(1);
        await LookAsync(visitor, "devices-alone");
    }

    [Fact]
    public async Task Every_page_is_valid_HTML()
    {
        await using var visitor = await VisitAsync("en", "light", Wide);
        string[] pages =
        [
            Visitor.DevicesPath, Visitor.HistoryPath, $"{Visitor.HistoryPath}?show=Security&from=2026-01-01", $"{Visitor.HistoryPath}?to=2001-01-01",
            $"{Visitor.DevicesPath}/NotMe?token=used", Visitor.ConfirmAccessPath, $"{Visitor.DevicesPath}?culture=ar", $"{Visitor.HistoryPath}?culture=ar",
        ];

        Assert.Empty(await HtmlValidator.CheckAsync(await Task.WhenAll(pages.Select(visitor.SourceAsync))));
    }

    [Theory]
    [InlineData("en", "light", Wide)]
    [InlineData("en", "dark", Phone)]
    [InlineData("ar", "light", Phone)]
    public async Task Every_page_of_operators_is_accessible_valid_fits_and_keeps_to_the_policy(string language, string theme, int width)
    {
        await using var visitor = await VisitAsync(language, theme, width, isOperator: true);
        var look = $"{language}-{theme}-{width}";
        await visitor.OpenAsync($"{Visitor.OperatorsPath}?q=demo");
        var person = await visitor.Page.Locator(".sessions-people a").First.GetAttributeAsync("href");
        (string Name, string Path)[] pages =
        [
            ("overview", ""), ("find", "?q=203.0.113.7"), ("live", "/Live"), ("events", "/Events"), ("person", person![Visitor.OperatorsPath.Length..]),
            ("end", "/End?ip=203.0.113.0/24"), ("end-everybody", "/End?everybody=true"), ("unreadable", "/Events?ip=nonsense"),
        ];

        foreach (var (name, path) in pages)
        {
            await visitor.OpenAsync(Visitor.OperatorsPath + path);
            await LookAsync(visitor, $"operators-{name}-{look}");
        }

        Assert.Empty(visitor.Violations);
        if (width == Wide)
        {
            Assert.Empty(await HtmlValidator.CheckAsync(await Task.WhenAll(pages.Select(page => visitor.SourceAsync(Visitor.OperatorsPath + page.Path)))));
        }
    }

    private static async Task LookAsync(Visitor visitor, string name)
    {
        await visitor.KeepScreenshotAsync(name);

        Assert.Equal(string.Empty, string.Join(Environment.NewLine, await visitor.AxeAsync()));
        Assert.Equal(0, await visitor.OverflowAsync());
    }

    private async Task<Visitor> VisitAsync(string language, string theme, int width, bool hasScripts = true, bool isOperator = false)
    {
        var visitor = await browser.VisitAsync(new()
        {
            Locale = language,
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = theme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = hasScripts,
        });
        return isOperator ? await visitor.SignInAsync("operator@example.com", "Operator-Pa55word!") : await visitor.SignInAsync();
    }
}
