using System.Net;
using AngleSharp.Dom;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Sessions.Identity;
using Sessions.IntegrationTests.External;
using Sessions.IntegrationTests.Harness;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Pages;

/// <summary>On a Razor Page.</summary>
public sealed class ConfirmAccessRazorPageTests() : ConfirmAccessPageTests(PageKind.Razor);

/// <summary>On a Blazor page, in an app that has Identity's default pages too.</summary>
public sealed class ConfirmAccessBlazorPageTests() : ConfirmAccessPageTests(PageKind.Blazor);

/// <summary>The page that asks for credentials once more.</summary>
public abstract class ConfirmAccessPageTests(PageKind kind)
{
    private string Path { get; } = kind is PageKind.Razor ? "/Identity/Account/ConfirmAccess" : "/Account/ConfirmAccess";

    private string Devices { get; } = kind is PageKind.Razor ? "/Identity/Account/Devices" : "/Account/Manage/Devices";

    [Fact]
    public async Task Where_the_host_requires_it_the_password_is_asked_for_before_a_device_is_signed_out()
    {
        await using var host = await StartAsync(options => options.AccessConfirmation.RequiredToSignOutDevices = true);
        var (device, other) = await SignedInLongAgoAsync(host);
        Assert.Equal($"{Path}?returnUrl={Uri.EscapeDataString(Devices)}", await SignOutOthersAsync(device));

        var wrong = await EnterAsync(device, "wrong", Devices);
        Assert.Equal("That password is not right. Please try again.", wrong.Page.QuerySelector("[role=alert]")?.TextContent);
        Assert.True(await other.IsSignedInAsync());
        host.App.Time.Advance(TimeSpan.FromSeconds(1));
        var right = await EnterAsync(device, TestApp.Password, Devices);
        Assert.Equal(Devices, right.Location);
        Assert.Equal(Devices, await SignOutOthersAsync(device));

        Assert.False(await other.IsSignedInAsync());
        Assert.Equal(
            [(SessionEventKind.SignInFailed, null), (SessionEventKind.AccessConfirmed, SignInMethod.Password)],
            (await host.App.EventsAsync()).Where(row => row.Kind is SessionEventKind.SignInFailed or SessionEventKind.AccessConfirmed)
                .Select(row => (row.Kind, row.UserId is null ? null : row.SignInMethod)));
    }

    [Fact]
    public async Task Without_the_option_the_devices_page_asks_for_nothing()
    {
        await using var host = await StartAsync();
        var (device, other) = await SignedInLongAgoAsync(host);

        Assert.Equal(Devices, await SignOutOthersAsync(device));
        Assert.False(await other.IsSignedInAsync());
    }

    [Fact]
    public async Task Trying_out_passwords_locks_the_account_as_on_the_login_page_and_signs_nobody_out()
    {
        await using var host = await StartAsync();
        var (device, other) = await SignedInLongAgoAsync(host);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await EnterAsync(device, "wrong", "/");
        }

        var locked = await EnterAsync(device, TestApp.Password, "/");

        Assert.Equal("There were too many failed attempts. Please try again later.", locked.Page.QuerySelector("[role=alert]")?.TextContent);
        Assert.True(await device.IsSignedInAsync());
        Assert.True(await other.IsSignedInAsync());
    }

    [Theory]
    [InlineData("https://evil.example.com/")]
    [InlineData("//evil.example.com/")]
    [InlineData("/\\evil.example.com")]
    public async Task It_leads_on_within_the_app_only(string returnUrl)
    {
        await using var host = await StartAsync();
        var (device, _) = await SignedInLongAgoAsync(host);

        Assert.Equal("/", (await EnterAsync(device, TestApp.Password, returnUrl)).Location);
    }

    [Fact]
    public async Task Where_a_page_asks_for_later_credentials_than_the_option_they_are_asked_for()
    {
        await using var host = await NoticeApp.StartAsync(setup =>
        {
            var endpoints = setup.ConfigureEndpoints!;
            setup.ConfigureEndpoints = app =>
            {
                endpoints(app);
                app.MapGet("/strict", () => "in").RequireAuthorization(policy => policy.RequireConfirmedAccess(TimeSpan.FromMinutes(5)));
            };
        }, kind: kind);
        await host.App.CreateUserAsync();
        var device = host.App.NewDevice();
        await device.SignInAsync();
        host.App.Time.Advance(TimeSpan.FromMinutes(10));
        using var asked = await device.GetAsync("/strict");
        Assert.Equal($"{Path}?returnUrl=%2Fstrict", asked.Headers.Location?.OriginalString);

        Assert.Equal("/strict", (await EnterAsync(device, TestApp.Password, "/strict")).Location);

        using var inside = await device.GetAsync("/strict");
        Assert.Equal(HttpStatusCode.OK, inside.StatusCode);
    }

    [Fact]
    public async Task A_passkey_that_nothing_asked_for_is_a_failure_and_a_provider_will_not_do_for_who_has_a_password()
    {
        await using var host = await StartAsync();
        var (device, _) = await SignedInLongAgoAsync(host);
        var (_, page) = await NoticeApp.OpenAsync(device, Path);

        using var passkey = await device.PostFormAsync($"{Path}?handler=Passkey", [.. TokenIn(page), new("credential", "{}")]);
        using var external = await device.PostFormAsync($"{Path}?handler=External", [.. TokenIn(page), new("provider", "Google")]);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (passkey.StatusCode, external.StatusCode));
        Assert.DoesNotContain(await host.App.EventsAsync(), row => row.Kind == SessionEventKind.AccessConfirmed);
    }

    [Fact]
    public async Task A_confirmation_that_cannot_be_written_does_not_hold()
    {
        await using var host = await StartAsync();
        var (device, _) = await SignedInLongAgoAsync(host);
        await host.App.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("ALTER TABLE AspNetSessionEvents RENAME TO Gone"));

        var (status, page, _) = await EnterAsync(device, TestApp.Password, Devices);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.StartsWith("That can't be confirmed just now.", page.QuerySelector("[role=alert]")?.TextContent, StringComparison.Ordinal);
        using var again = await device.GetAsync(Path);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    [Fact]
    public async Task It_is_nobodys_page_who_is_not_signed_in_and_no_forged_form_is_taken()
    {
        await using var host = await StartAsync();
        var (device, _) = await SignedInLongAgoAsync(host);

        using var forged = await device.PostFormAsync($"{Path}?handler=Password", [new("password", TestApp.Password)]);
        using var anonymous = await host.App.NewDevice().GetAsync(Path);

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.StartsWith("/Identity/Account/Login", anonymous.Headers.Location?.PathAndQuery, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_comes_by_a_provider_signs_in_there_once_more_and_nobody_elses_login_will_do()
    {
        await using var external = await ExternalApp.StartAsync(setUp: setup =>
        {
            var identity = setup.ConfigureIdentity;
            setup.ConfigureIdentity = services =>
            {
                var builder = identity(services);
                services.AddRazorPages().AddApplicationPart(typeof(ConfirmAccessModel).Assembly);
                BlazorHost.AddServices(services);
                return builder;
            };
            var endpoints = setup.ConfigureEndpoints;
            setup.ConfigureEndpoints = app =>
            {
                endpoints?.Invoke(app);
                if (kind is PageKind.Blazor)
                {
                    BlazorHost.Map(app);
                }
            };
        });
        using var browser = external.NewBrowser();
        var registration = await ExternalApp.AllowAsync(browser, await ExternalApp.GoToProviderAsync(browser), "ada@example.com");
        await ExternalApp.RegisterAsync(browser, registration, "ada@example.com");
        external.App.Time.Advance(TimeSpan.FromMinutes(16));

        var page = await browser.OpenAsync($"{Path}?returnUrl=/whoami");
        Assert.Contains("Confirm with Example ID", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("type=\"password\"", page.Text, StringComparison.Ordinal);
        var stranger = await ExternalApp.AllowAsync(browser, await GoAsync(browser, page), "mallory@example.com");
        Assert.Contains("That didn&#x27;t work.", stranger.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(await external.App.EventsAsync(), row => row.Kind == SessionEventKind.AccessConfirmed);
        var own = await ExternalApp.AllowAsync(browser, await GoAsync(browser, await browser.OpenAsync($"{Path}?returnUrl=/whoami")), "ada@example.com");

        Assert.Equal("/whoami", own.Address.AbsolutePath);
        var confirmed = Assert.Single(await external.App.EventsAsync(), row => row.Kind == SessionEventKind.AccessConfirmed);
        Assert.Equal((SignInMethod.External, "exampleid"), (confirmed.SignInMethod, confirmed.Provider));
        Assert.Null(Assert.Single(await external.App.SessionsAsync()).EndedAt);
    }

    private Task<Sessions.IntegrationTests.Templates.Page> GoAsync(Sessions.IntegrationTests.Templates.Browser browser, Sessions.IntegrationTests.Templates.Page page) =>
        browser.SubmitAsync(page, $"{Path}?handler=External", ("provider", "ExampleId"), ("ReturnUrl", "/whoami"));

    private Task<NoticeApp> StartAsync(Action<UserSessionOptions>? options = null) => NoticeApp.StartAsync(
        setup => setup.Time = new FakeTimeProvider(TimeProvider.System.GetUtcNow()), // Identity's own clock, of its lockouts, is the system's
        options, kind);

    private static async Task<(Device Device, Device Other)> SignedInLongAgoAsync(NoticeApp host)
    {
        await host.App.CreateUserAsync();
        var (device, other) = (host.App.NewDevice(), host.App.NewDevice(Device.SafariOnIPhone));
        await device.SignInAsync();
        await other.SignInAsync();
        host.App.Time.Advance(TimeSpan.FromMinutes(16));
        return (device, other);
    }

    // Where it leads.
    private async Task<string?> SignOutOthersAsync(Device device)
    {
        var (_, page) = await NoticeApp.OpenAsync(device, Devices);
        using var answer = await device.PostFormAsync($"{Devices}?handler=SignOutOthers", TokenIn(page));
        return answer.Headers.Location?.OriginalString;
    }

    private async Task<(HttpStatusCode Status, IDocument Page, string? Location)> EnterAsync(Device device, string password, string returnUrl)
    {
        var (_, page) = await NoticeApp.OpenAsync(device, $"{Path}?returnUrl={Uri.EscapeDataString(returnUrl)}");
        using var answer = await device.PostFormAsync(
            $"{Path}?handler=Password", [.. TokenIn(page), new("password", password), new("ReturnUrl", returnUrl)]);
        return (answer.StatusCode, await PageHost.ReadAsync(answer), answer.Headers.Location?.OriginalString);
    }

    private static KeyValuePair<string, string>[] TokenIn(IDocument page) =>
        [new("__RequestVerificationToken", page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!)];
}
