using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Playwright;
using Sessions.BrowserTests.Harness;
using static Microsoft.Playwright.Assertions;

namespace Sessions.BrowserTests;

/// <summary>The sample app's demo user, who is signed in on several devices, logs in on one more than they may.</summary>
public sealed partial class LimitStoryTests : IAsyncLifetime
{
    private readonly TestBrowser _browser = new();
    private readonly SampleApp _app = new(builder => builder
        .UseSetting("Sessions:ConcurrentSignIns:Total", "2")
        .UseSetting("Sessions:ConcurrentSignIns:AtLimit", "Ask"));

    private string _address = string.Empty;

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Executable is not null)
        {
            _address = _app.Start();
            await _browser.StartAsync();
        }
    }

    [Fact]
    public async Task They_choose_without_JavaScript_under_a_strict_policy_and_go_on_to_the_page_that_they_wanted()
    {
        await using var person = await VisitAsync(new() { JavaScriptEnabled = false });
        await LogInAsync(person);
        await Expect(person.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("You are already signed in elsewhere");

        foreach (var box in await person.Page.GetByRole(AriaRole.Checkbox).AllAsync())
        {
            await box.CheckAsync();
        }

        await person.Button("Sign out and continue").ClickAsync();

        await Expect(person.Page).ToHaveURLAsync(Devices());
        await Expect(person.Devices).ToHaveCountAsync(1);
        Assert.Empty(person.Violations);
    }

    [Theory]
    [InlineData("en", "light", 1200)]
    [InlineData("ar", "light", 1200)]
    [InlineData("ar", "dark", 390)]
    [InlineData("de", "light", 390)]
    public async Task The_page_is_valid_accessible_and_fits(string language, string theme, int width)
    {
        await using var person = await VisitAsync(new() { Locale = language, ViewportSize = new ViewportSize { Width = width, Height = 900 } });
        await LogInAsync(person);
        var source = await person.SourceAsync($"{Visitor.DevicesPath}/Limit");
        foreach (var box in await person.Page.GetByRole(AriaRole.Checkbox).AllAsync())
        {
            await box.UncheckAsync();
        }

        await person.Page.Locator(".sessions-limit button").First.ClickAsync();
        await Expect(person.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await SeeAsync(person, $"limit-{language}-{theme}-{width}", theme);

        Assert.Empty(await HtmlValidator.CheckAsync([source]));
        Assert.Empty(person.Violations);
    }

    [Fact]
    public async Task Who_turns_back_is_on_the_login_page()
    {
        await using var person = await VisitAsync(new());
        await LogInAsync(person);

        await person.Button("Don't sign in here").ClickAsync();

        await Expect(person.Page).ToHaveURLAsync(Login());
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _app.DisposeAsync();
    }

    private async Task<Visitor> VisitAsync(BrowserNewContextOptions options)
    {
        var context = await _browser.OpenAsync(_address, options);
        return new Visitor(context, await context.NewPageAsync());
    }

    private static async Task LogInAsync(Visitor person)
    {
        await person.OpenAsync(Visitor.DevicesPath);
        await person.Page.GetByLabel("Email").FillAsync("demo@example.com");
        await person.Page.GetByLabel("Password").FillAsync("Demo-Pa55word!");
        await person.Page.Locator("#login-submit").ClickAsync();
        await Expect(person.Page).ToHaveURLAsync(Limit());
    }

    private static async Task SeeAsync(Visitor visitor, string name, string theme)
    {
        await visitor.Page.EvaluateAsync("theme => document.documentElement.dataset.bsTheme = theme", theme);
        var found = await visitor.Page.RunAxe();
        var overflow = await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots.Folder, $"{name}.png"), FullPage = true });

        Assert.Empty(found.Violations.Select(violation => $"{violation.Id}: {violation.Help}: {string.Join(", ", violation.Nodes.Select(node => node.Html))}"));
        Assert.Equal(0, overflow);
    }

    [GeneratedRegex("/Identity/Account/Devices/Limit$")]
    private static partial Regex Limit();

    [GeneratedRegex("/Identity/Account/Devices$")]
    private static partial Regex Devices();

    [GeneratedRegex("/Identity/Account/Login$")]
    private static partial Regex Login();
}
