using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sessions.BrowserTests.Harness;
using static Microsoft.Playwright.Assertions;

namespace Sessions.BrowserTests;

public sealed partial class DevicesStoryTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task A_device_signed_out_from_another_is_refused_at_its_very_next_request_and_told_why()
    {
        await using var laptop = await SignedInAsync();
        await using var other = await SignedInAsync();

        await laptop.OpenAsync(Visitor.DevicesPath);
        await laptop.SignOutLatestOtherAsync();
        await Expect(laptop.Status).ToContainTextAsync(" was signed out.");
        await other.OpenAsync(Visitor.EmailPath);

        await Expect(other.Page).ToHaveURLAsync(LoginUrl());
        await Expect(other.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("You were signed out of this device from another one.");
    }

    [Fact]
    public async Task The_reason_is_told_once_and_signing_in_again_works()
    {
        await using var laptop = await SignedInAsync();
        await using var other = await SignedInAsync();
        await laptop.OpenAsync(Visitor.DevicesPath);
        await laptop.SignOutOthersAsync();

        await other.OpenAsync(Visitor.EmailPath);
        await Expect(other.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("you signed out everywhere else");
        await other.OpenAsync(Visitor.LoginPath);
        await Expect(other.Page.Locator(".validation-summary-errors")).ToHaveCountAsync(0);
        await other.SignInAsync();
        await other.OpenAsync(Visitor.DevicesPath);

        await Expect(other.Devices.First).ToContainTextAsync("This device");
    }

    [Fact]
    public async Task Signing_out_everywhere_else_leaves_only_this_device()
    {
        await using var laptop = await SignedInAsync();
        await using var other = await SignedInAsync();

        await laptop.OpenAsync(Visitor.DevicesPath);
        await laptop.SignOutOthersAsync();

        await Expect(laptop.Status).ToContainTextAsync("You are still signed in here.");
        await Expect(laptop.Devices).ToHaveCountAsync(1);
        await Expect(laptop.OthersQuestion).ToHaveCountAsync(0);
        await other.OpenAsync(Visitor.DevicesPath);
        await Expect(other.Page).ToHaveURLAsync(LoginUrl());
    }

    [Fact]
    public async Task The_whole_way_works_without_JavaScript()
    {
        await using var laptop = await SignedInAsync(new() { JavaScriptEnabled = false });
        await using var other = await SignedInAsync(new() { JavaScriptEnabled = false });

        await laptop.OpenAsync(Visitor.DevicesPath);
        await laptop.SignOutLatestOtherAsync();
        await Expect(laptop.Status).ToContainTextAsync(" was signed out.");
        await other.OpenAsync(Visitor.EmailPath);
        await laptop.Link("Show the whole login history").ClickAsync();

        await Expect(other.Page).ToHaveURLAsync(LoginUrl());
        await Expect(laptop.Page.Locator(".sessions-event").First).ToContainTextAsync("Signed out from another device");
    }

    [Fact]
    public async Task The_Manage_menu_leads_to_the_page_and_on_from_it()
    {
        await using var laptop = await SignedInAsync();

        await laptop.OpenAsync(Visitor.EmailPath);
        await laptop.Link("Devices").ClickAsync();
        await Expect(laptop.Page).ToHaveURLAsync(DevicesUrl());
        await Expect(laptop.Page.Locator(".nav-pills [aria-current=page]")).ToHaveTextAsync("Devices");
        await laptop.Link("Two-factor authentication").ClickAsync();

        await Expect(laptop.Page).ToHaveURLAsync(new Regex("/Manage/TwoFactorAuthentication$"));
    }

    [Fact]
    public async Task A_device_is_signed_out_with_nothing_but_the_keyboard()
    {
        await using var laptop = await SignedInAsync();
        await using var other = await SignedInAsync();
        await laptop.OpenAsync(Visitor.DevicesPath);
        var question = laptop.Devices.Nth(1).Locator(".sessions-question");

        await TabToAsync(laptop.Page, question.Locator("summary"));
        await laptop.Page.Keyboard.PressAsync("Enter");
        await Expect(question.Locator("p")).ToBeVisibleAsync();
        await laptop.Page.Keyboard.PressAsync("Enter");
        await Expect(question.Locator("p")).ToBeHiddenAsync();
        await laptop.Page.Keyboard.PressAsync("Space");
        await laptop.Page.Keyboard.PressAsync("Tab");
        await Expect(question.Locator("button")).ToBeFocusedAsync();
        await laptop.Page.Keyboard.PressAsync("Enter");
        await Expect(laptop.Status).ToContainTextAsync(" was signed out.");

        await TabToAsync(laptop.Page, laptop.Link("Show the whole login history"));
        await laptop.Page.Keyboard.PressAsync("Enter");
        await TabToAsync(laptop.Page, laptop.Page.Locator(".sessions-chart-table summary"));
        await laptop.Page.Keyboard.PressAsync("Enter");
        await Expect(laptop.Page.GetByRole(AriaRole.Table)).ToBeVisibleAsync();
        await TabToAsync(laptop.Page, laptop.Link("Failed attempts"));
        await laptop.Page.Keyboard.PressAsync("Enter");
        await Expect(laptop.Page.Locator(".sessions-event:not(.sessions-failed)")).ToHaveCountAsync(0);
        await TabToAsync(laptop.Page, laptop.Link("CSV"));
        var file = await laptop.Page.RunAndWaitForDownloadAsync(() => laptop.Page.Keyboard.PressAsync("Enter"));
        Assert.EndsWith(".csv", file.SuggestedFilename, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_asked_is_not_yet_an_answer_and_only_one_is_open()
    {
        await using var phone = await SignedInAsync();
        await using var tablet = await SignedInAsync();
        await using var laptop = await SignedInAsync();
        await laptop.OpenAsync(Visitor.DevicesPath);
        var count = await laptop.Devices.CountAsync();

        await laptop.Devices.Nth(1).Locator("summary").ClickAsync();
        await laptop.Devices.Nth(2).Locator("summary").ClickAsync();

        await Expect(laptop.Page.Locator(".sessions-question[open]")).ToHaveCountAsync(1);
        await laptop.OpenAsync(Visitor.DevicesPath);
        await Expect(laptop.Devices).ToHaveCountAsync(count);
    }

    [Fact]
    public async Task No_page_breaks_a_strict_content_security_policy()
    {
        await using var laptop = await SignedInAsync();
        await using var other = await SignedInAsync();

        await laptop.OpenAsync(Visitor.HistoryPath);
        await laptop.OpenAsync(Visitor.DevicesPath);
        await laptop.SignOutOthersAsync();
        await other.OpenAsync(Visitor.DevicesPath);

        Assert.Empty(laptop.Violations.Concat(other.Violations));
    }

    // As often as a page may have things to stop at.
    private static async Task TabToAsync(IPage page, ILocator target)
    {
        for (var press = 0; press < 80; press++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await target.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                return;
            }
        }

        Assert.Fail("The keyboard does not lead there.");
    }

    [GeneratedRegex("/Identity/Account/Login\\?ReturnUrl=")]
    private static partial Regex LoginUrl();

    [GeneratedRegex("/Identity/Account/Devices$")]
    private static partial Regex DevicesUrl();

    private async Task<Visitor> SignedInAsync(BrowserNewContextOptions? options = null) => await (await browser.VisitAsync(options)).SignInAsync();
}
