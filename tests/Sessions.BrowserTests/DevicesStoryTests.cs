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
        await laptop.Button("Sign out everywhere else").ClickAsync();

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
        await laptop.Button("Sign out everywhere else").ClickAsync();

        await Expect(laptop.Status).ToContainTextAsync("You are still signed in here.");
        await Expect(laptop.Devices).ToHaveCountAsync(1);
        await Expect(laptop.Button("Sign out everywhere else")).ToHaveCountAsync(0);
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
    public async Task No_page_breaks_a_strict_content_security_policy()
    {
        await using var laptop = await SignedInAsync();
        await using var other = await SignedInAsync();

        await laptop.OpenAsync(Visitor.HistoryPath);
        await laptop.OpenAsync(Visitor.DevicesPath);
        await laptop.Button("Sign out everywhere else").ClickAsync();
        await other.OpenAsync(Visitor.DevicesPath);

        Assert.Empty(laptop.Violations.Concat(other.Violations));
    }

    [GeneratedRegex("/Identity/Account/Login\\?ReturnUrl=")]
    private static partial Regex LoginUrl();

    [GeneratedRegex("/Identity/Account/Devices$")]
    private static partial Regex DevicesUrl();

    private async Task<Visitor> SignedInAsync(BrowserNewContextOptions? options = null) => await (await browser.VisitAsync(options)).SignInAsync();
}
