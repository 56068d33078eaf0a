using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Sessions.BrowserTests.Harness;
using Sessions.Identity;

namespace Sessions.BrowserTests;

/// <summary>The pictures of docs/images. eng/screenshots.sh makes them; otherwise there is nothing to do.</summary>
public sealed class DocumentationPictures
{
    // A headless browser says in its hints that it is one.
    private static readonly KeyValuePair<string, string>[] _brands = [new("Sec-CH-UA", "\"Google Chrome\";v=\"142\", \"Chromium\";v=\"142\", \"Not/A)Brand\";v=\"24\"")];

    [Fact]
    public async Task Are_made_when_they_are_asked_for()
    {
        if (Environment.GetEnvironmentVariable("SESSIONS_MAKE_PICTURES") != "1")
        {
            return;
        }

        await using var browser = new BrowserFixture();
        await browser.InitializeAsync();
        await MakeAsync(browser);
        await MakeLimitAsync();
    }

    private static async Task MakeAsync(BrowserFixture browser)
    {
        await using var laptop = await VisitAsync(browser, "en", ColorScheme.Light, 1100);
        await MarkOneAsUnusualAsync(browser);

        await laptop.OpenAsync(Visitor.DevicesPath);
        await laptop.KeepScreenshotAsync("devices");
        await laptop.Devices.Nth(1).Locator("summary").ClickAsync();
        await laptop.Page.Locator(".sessions-item").Nth(1).ScreenshotAsync(new() { Path = Path.Combine(Screenshots.Folder, "devices-question.png") });
        await laptop.OpenAsync(Visitor.HistoryPath);
        await laptop.KeepScreenshotAsync("history");
        await laptop.OpenAsync(Visitor.ConfirmAccessPath);
        await laptop.KeepScreenshotAsync("confirm-access");

        await using var dark = await VisitAsync(browser, "en", ColorScheme.Dark, 390);
        await dark.OpenAsync(Visitor.DevicesPath);
        await dark.KeepScreenshotAsync("devices-dark-phone");
        await using var arabic = await VisitAsync(browser, "ar", ColorScheme.Light, 1100);
        await arabic.OpenAsync(Visitor.DevicesPath);
        await arabic.KeepScreenshotAsync("devices-ar");
        await using var japanese = await VisitAsync(browser, "ja", ColorScheme.Light, 1100);
        await japanese.OpenAsync(Visitor.HistoryPath);
        await japanese.KeepScreenshotAsync("history-ja");
        await using var operators = await browser.VisitAsync(Options("en", ColorScheme.Light, 1100));
        await operators.SignInAsync("operator@example.com", "Operator-Pa55word!");
        await operators.OpenAsync(Visitor.OperatorsPath);
        await operators.KeepScreenshotAsync("operators");
    }

    private static async Task MakeLimitAsync()
    {
        await using var app = new SampleApp(builder => builder
            .UseSetting("Sessions:ConcurrentSignIns:Total", "2")
            .UseSetting("Sessions:ConcurrentSignIns:AtLimit", "Ask"));
        await using var browser = new TestBrowser();
        var address = app.Start();
        await browser.StartAsync();
        var context = await browser.OpenAsync(address, Options("en", ColorScheme.Light, 1100));
        await using var visitor = new Visitor(context, await context.NewPageAsync());
        await visitor.FillLoginAsync("demo@example.com", "Demo-Pa55word!");
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("You are already signed in elsewhere");
        await visitor.KeepScreenshotAsync("limit");
    }

    private static Task MarkOneAsUnusualAsync(BrowserFixture browser) => browser.WithServicesAsync(async services =>
    {
        var db = services.GetRequiredService<IdentityApp.Data.AppDb>();
        var tablet = await db.Set<IdentityUserSession<string>>().Where(row => row.EndedAt == null && row.DeviceModel == "iPad").Select(row => row.Id).FirstAsync();
        await db.Set<IdentitySessionEvent<string>>().Where(row => row.SessionId == tablet && row.Kind == SessionEventKind.SignedIn)
            .ExecuteUpdateAsync(row => row.SetProperty(signIn => signIn.IsImpossibleTravel, true));
    });

    private static async Task<Visitor> VisitAsync(BrowserFixture browser, string language, ColorScheme colours, int width)
    {
        var visitor = await browser.VisitAsync(Options(language, colours, width));
        return await visitor.SignInAsync();
    }

    private static BrowserNewContextOptions Options(string language, ColorScheme colours, int width) => new()
    {
        Locale = language,
        ColorScheme = colours,
        ViewportSize = new ViewportSize { Width = width, Height = 800 },
        ExtraHTTPHeaders = _brands,
    };
}
