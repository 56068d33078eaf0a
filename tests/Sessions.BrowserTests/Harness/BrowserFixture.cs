using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using MimeKit;

namespace Sessions.BrowserTests.Harness;

/// <summary>One app and one browser for the tests of a class. Each visitor has cookies of their own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    /// <summary>How long a page may take, in milliseconds: the first request of an app on a busy machine is slow.</summary>
    private const float Patience = 60_000;

    private const string ChromeOnLinux = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

    private readonly SampleApp _app = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string _address = string.Empty;

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Executable is null)
        {
            return;
        }

        _address = _app.Start();
        Assertions.SetDefaultExpectTimeout(Patience);
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.LaunchAsync(_playwright);
    }

    /// <summary>Opens a browser as if on another device.</summary>
    public async Task<Visitor> VisitAsync(BrowserNewContextOptions? options = null)
    {
        if (_browser is null)
        {
            Skips.OrFail("Chromium is not installed: eng/test.sh installs it.");
        }

        options ??= new BrowserNewContextOptions();
        options.BaseURL = _address;
        options.UserAgent ??= ChromeOnLinux; // a headless one says so, and is named a bot
        var context = await _browser!.NewContextAsync(options);
        context.SetDefaultTimeout(Patience);
        return new Visitor(context, await context.NewPageAsync());
    }

    /// <summary>Works on the app's database.</summary>
    public async Task WithServicesAsync(Func<IServiceProvider, Task> work)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        await work(scope.ServiceProvider);
    }

    /// <summary>Does something that the app writes one mail about.</summary>
    /// <returns>The mail.</returns>
    public async Task<MimeMessage> MailOfAsync(Func<Task> act)
    {
        var before = _app.Mails.ToHashSet();
        await act();
        var started = TimeProvider.System.GetTimestamp();
        string[] fresh;
        while ((fresh = [.. _app.Mails.Where(file => !before.Contains(file))]).Length == 0)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds < Patience, "No mail was written.");
            await Task.Delay(50);
        }

        return await MimeMessage.LoadAsync(Assert.Single(fresh));
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        await _app.DisposeAsync();
    }
}
