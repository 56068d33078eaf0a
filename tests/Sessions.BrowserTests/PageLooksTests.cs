using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Sessions.BrowserTests.Harness;

namespace Sessions.BrowserTests;

/// <summary>Each page in light and dark, wide and on a phone: axe-core finds nothing, nothing is cut off, and a screenshot is kept to look at.</summary>
public sealed class PageLooksTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const int Phone = 390;
    private const int Wide = 1200;

    public static TheoryData<string, string, int> Looks => new MatrixTheoryData<string, string, int>(
        [Visitor.DevicesPath, Visitor.HistoryPath], ["light", "dark"], [Wide, Phone]);

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task A_page_is_accessible_and_fits(string path, string theme, int width)
    {
        await using var visitor = await VisitAsync(path, theme, width);

        var found = await visitor.Page.RunAxe();
        var overflow = await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots.Folder, $"{Path.GetFileName(path)}-{theme}-{width}.png"), FullPage = true });

        await visitor.SignOutAsync();

        Assert.Empty(found.Violations.Select(violation => $"{violation.Id}: {violation.Help}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}"));
        Assert.Equal(0, overflow);
    }

    private async Task<Visitor> VisitAsync(string path, string theme, int width)
    {
        var visitor = await browser.VisitAsync(new()
        {
            ViewportSize = new ViewportSize { Width = width, Height = 900 },
            ColorScheme = theme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
        });
        await visitor.SignInAsync();
        await visitor.OpenAsync(path);

        // What a host does to be dark: Bootstrap 5.3 follows this attribute, not the system.
        await visitor.Page.EvaluateAsync("theme => document.documentElement.dataset.bsTheme = theme", theme);
        return visitor;
    }
}
