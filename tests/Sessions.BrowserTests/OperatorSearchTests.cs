using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Sessions.BrowserTests.Harness;
using Sessions.Identity;
using static Microsoft.Playwright.Assertions;

namespace Sessions.BrowserTests;

/// <summary>What operators see of a database that is too large to be looked through at once.</summary>
public sealed class OperatorSearchTests : IAsyncLifetime
{
    private readonly TestBrowser _browser = new();
    private readonly SampleApp _app = new(builder => builder.ConfigureTestServices(services =>
        services.Configure<UserSessionOptions>(options => options.Administration.Bounds = new(Events: 4, Sessions: 2, Counted: 1))));

    private string _address = string.Empty;

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Executable is not null)
        {
            _address = _app.Start();
            await _browser.StartAsync();
        }
    }

    [Theory]
    [InlineData("en", ColorScheme.Light, 1200)]
    [InlineData("en", ColorScheme.Dark, 390)]
    [InlineData("ar", ColorScheme.Dark, 1200)]
    [InlineData("de", ColorScheme.Light, 390)]
    public async Task How_far_it_looked_and_the_word_that_it_asks_for_are_accessible_and_fit(string language, ColorScheme colours, int width)
    {
        var context = await _browser.OpenAsync(_address, new() { Locale = language, ColorScheme = colours, ViewportSize = new() { Width = width, Height = 900 } });
        await using var visitor = new Visitor(context, await context.NewPageAsync());
        await visitor.SignInAsync("operator@example.com", "Operator-Pa55word!");

        await LookAsync(visitor, "events", "/Events?device=netscape", ".sessions-looked", language, colours, width);
        await LookAsync(visitor, "live", "/Live?device=netscape", ".sessions-further", language, colours, width);
        await LookAsync(visitor, "end", "/End?device=firefox", "#sessions-word", language, colours, width);

        Assert.Empty(visitor.Violations);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _app.DisposeAsync();
    }

    private static async Task LookAsync(Visitor visitor, string name, string path, string shown, string language, ColorScheme colours, int width)
    {
        await visitor.OpenAsync(Visitor.OperatorsPath + path);
        await Expect(visitor.Page.Locator(shown)).ToBeVisibleAsync();
        await visitor.KeepScreenshotAsync($"operators-bounded-{name}-{language}-{colours}-{width}");

        Assert.Equal(string.Empty, string.Join(Environment.NewLine, await visitor.AxeAsync()));
        Assert.Equal(0, await visitor.OverflowAsync());
    }
}
