using Deque.AxeCore.Playwright;
using IdentityApp.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Sessions.BrowserTests.Harness;
using Sessions.Identity;
using static Microsoft.Playwright.Assertions;

namespace Sessions.BrowserTests;

/// <summary>Credentials entered once more before a device is signed out, in a real browser under a strict policy.</summary>
public sealed class ConfirmAccessStoryTests : IAsyncLifetime
{
    private readonly SampleApp _app = new(builder =>
    {
        builder.UseSetting("Sessions:AccessConfirmation:RequiredToSignOutDevices", "true");
        Passkeys.Allow(builder);
    });

    private readonly TestBrowser _browser = new();
    private string _address = string.Empty;

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Executable is null)
        {
            return;
        }

        // WebAuthn takes no address for a name.
        _address = new UriBuilder(_app.Start()) { Host = "localhost" }.Uri.ToString();
        await using var scope = _app.Services.CreateAsyncScope();
        await Passkeys.CreateTableAsync(scope.ServiceProvider);
        await _browser.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task A_password_is_asked_for_and_the_page_goes_on_without_JavaScript()
    {
        await using var person = await VisitAsync(new() { JavaScriptEnabled = false });
        await person.SignInAsync();
        await AgeAsync();
        await person.OpenAsync("/Identity/Account/ConfirmAccess?returnUrl=/Identity/Account/Devices");

        await person.Page.GetByLabel("Password").FillAsync("wrong");
        await person.Button("Confirm").ClickAsync();
        await Expect(person.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("That password is not right. Please try again.");
        await person.Page.GetByLabel("Password").FillAsync("Demo-Pa55word!");
        await person.Button("Confirm").ClickAsync();

        await Expect(person.Page).ToHaveURLAsync(Visitor.DevicesPath);
        Assert.Empty(person.Violations);
    }

    [Fact]
    public async Task A_passkey_will_do_and_the_page_is_accessible()
    {
        await using var person = await VisitAsync(new() { ViewportSize = new ViewportSize { Width = 390, Height = 900 } });
        await person.SignInAsync();
        await Passkeys.HaveAuthenticatorAsync(person.Page);
        await Passkeys.MakeAsync(person.Page);
        await AgeAsync();

        await person.OpenAsync("/Identity/Account/ConfirmAccess?returnUrl=/Identity/Account/Devices");
        await Expect(person.Button("Use a passkey")).ToBeVisibleAsync();
        foreach (var theme in new[] { "light", "dark" })
        {
            await person.Page.EvaluateAsync("theme => document.documentElement.dataset.bsTheme = theme", theme);
            await person.Page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots.Folder, $"confirm-access-{theme}.png"), FullPage = true });
            Assert.Empty((await person.Page.RunAxe()).Violations.Select(violation => $"{violation.Id}: {violation.Help}"));
        }

        await person.Button("Use a passkey").ClickAsync();

        await Expect(person.Page).ToHaveURLAsync(Visitor.DevicesPath);
        await WithEventsAsync(async events => Assert.Contains(
            await events.Where(row => row.Kind == SessionEventKind.AccessConfirmed).Select(row => row.SignInMethod).ToListAsync(), method => method == SignInMethod.Passkey));
        Assert.Empty(person.Violations);
    }

    private async Task<Visitor> VisitAsync(BrowserNewContextOptions options)
    {
        var context = await _browser.OpenAsync(_address, options);
        return new Visitor(context, await context.NewPageAsync());
    }

    // As if everybody had signed in an hour ago.
    private async Task AgeAsync()
    {
        await using var scope = _app.Services.CreateAsyncScope();
        var rows = await scope.ServiceProvider.GetRequiredService<AppDb>().Set<IdentityUserSession<string>>().ToListAsync();
        foreach (var row in rows)
        {
            row.CreatedAt -= TimeSpan.FromHours(1);
        }

        await scope.ServiceProvider.GetRequiredService<AppDb>().SaveChangesAsync();
    }

    private async Task WithEventsAsync(Func<IQueryable<IdentitySessionEvent<string>>, Task> check)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        await check(scope.ServiceProvider.GetRequiredService<AppDb>().Set<IdentitySessionEvent<string>>().AsNoTracking());
    }
}
