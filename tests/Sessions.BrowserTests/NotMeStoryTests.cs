using System.Text.RegularExpressions;
using Microsoft.Playwright;
using MimeKit;
using Sessions.BrowserTests.Harness;
using static Microsoft.Playwright.Assertions;

namespace Sessions.BrowserTests;

/// <summary>The mail about a new device in the sample app, and where its link leads.</summary>
public sealed partial class NotMeStoryTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task The_whole_way_from_the_mail_to_a_new_password_works_without_JavaScript_under_a_strict_policy()
    {
        await using var other = await browser.VisitAsync();
        await using var person = await browser.VisitAsync(new() { JavaScriptEnabled = false });
        var mail = await browser.MailOfAsync(other.SignInAsync);

        await person.OpenLinkAsync(mail);
        await Expect(person.Page.Locator(".sessions-reported")).ToContainTextAsync(" on Linux");
        await person.Button("Sign that device out").ClickAsync();
        await Expect(person.Status).ToHaveTextAsync("That device was signed out.");
        await Expect(person.Page).ToHaveURLAsync(AddressWithoutToken());
        await other.OpenAsync(Visitor.EmailPath);
        await person.Link("Reset your password").ClickAsync();

        await Expect(person.Page).ToHaveURLAsync(ForgotPassword());
        await Expect(other.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("This device was signed out, because the sign-in was reported as not yours.");
        Assert.Empty(person.Violations.Concat(other.Violations));
    }

    [Fact]
    public async Task The_mail_has_a_text_and_an_HTML_part_that_say_the_same()
    {
        await using var other = await browser.VisitAsync();

        var mail = await browser.MailOfAsync(other.SignInAsync);

        Assert.Equal("demo@example.com", Assert.Single(mail.To.Mailboxes).Address);
        foreach (var part in new[] { mail.TextBody, mail.HtmlBody })
        {
            Assert.Contains(" on Linux", part, StringComparison.Ordinal);
            Assert.Contains("http://localhost:5000/Identity/Account/Devices", part, StringComparison.Ordinal);
        }

        await using var reader = await browser.VisitAsync(); // not under the app's policy
        await reader.Page.SetContentAsync(mail.HtmlBody!);
        await SeeAsync(reader, "mail");
    }

    [Theory]
    [InlineData("en", "light", 1200)]
    [InlineData("en", "dark", 390)]
    [InlineData("ar", "light", 390)]
    public async Task Each_of_its_pages_is_accessible_and_fits(string language, string theme, int width)
    {
        await using var other = await browser.VisitAsync();
        await using var person = await browser.VisitAsync(new() { Locale = language, ViewportSize = new ViewportSize { Width = width, Height = 900 } });
        var mail = await browser.MailOfAsync(other.SignInAsync);

        await person.OpenLinkAsync(mail);
        var look = $"{language}-{theme}-{width}";
        await SeeAsync(person, $"not-me-{look}", theme);
        await person.Page.Locator("main form[method=post] button").ClickAsync();
        await Expect(person.Status).ToBeVisibleAsync();
        await SeeAsync(person, $"not-me-done-{look}", theme);
        await person.Page.GotoAsync(Visitor.LinkIn(mail).PathAndQuery);
        await Expect(person.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await SeeAsync(person, $"not-me-invalid-{look}", theme);
    }

    private static async Task SeeAsync(Visitor visitor, string name, string theme = "light")
    {
        await visitor.Page.EvaluateAsync("theme => document.documentElement.dataset.bsTheme = theme", theme);
        await visitor.KeepScreenshotAsync(name);

        Assert.Empty(await visitor.AxeAsync());
        Assert.Equal(0, await visitor.OverflowAsync());
    }

    [GeneratedRegex("/Identity/Account/Devices/NotMe$")]
    private static partial Regex AddressWithoutToken();

    [GeneratedRegex("/Identity/Account/ForgotPassword$")]
    private static partial Regex ForgotPassword();
}
