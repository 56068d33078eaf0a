using Microsoft.Playwright;

namespace Sessions.BrowserTests.Harness;

/// <summary>One Chromium for the tests of a class. Each context that it opens has cookies of its own.</summary>
internal sealed class TestBrowser : IAsyncDisposable
{
    /// <summary>How long a page may take, in milliseconds: the first request of an app on a busy machine is slow.</summary>
    public const float Patience = 60_000;

    private const string ChromeOnLinux = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Starts it, where it is installed.</summary>
    public async Task StartAsync()
    {
        if (Chromium.Executable is not null)
        {
            Assertions.SetDefaultExpectTimeout(Patience);
            _playwright = await Playwright.CreateAsync();
            _browser = await Chromium.LaunchAsync(_playwright);
        }
    }

    /// <summary>Opens a browser as if on another device. The test is skipped where there is none.</summary>
    public async Task<IBrowserContext> OpenAsync(string address, BrowserNewContextOptions? options = null)
    {
        if (_browser is null)
        {
            Skips.OrFail("Chromium is not installed: eng/test.sh installs it.");
        }

        options ??= new BrowserNewContextOptions();
        options.BaseURL = address;
        options.UserAgent ??= ChromeOnLinux; // a headless one says so, and is named a bot
        var context = await _browser!.NewContextAsync(options);
        context.SetDefaultTimeout(Patience);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
