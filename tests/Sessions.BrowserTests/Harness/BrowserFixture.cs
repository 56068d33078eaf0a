using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Sessions.BrowserTests.Harness;

/// <summary>One app and one browser for the tests of a class. Each visitor has cookies of their own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private readonly SampleApp _app = new();
    private readonly TestBrowser _browser = new();
    private string _address = string.Empty;

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Executable is not null)
        {
            _address = _app.Start();
            await _browser.StartAsync();
        }
    }

    /// <summary>Opens a browser as if on another device.</summary>
    public async Task<Visitor> VisitAsync(BrowserNewContextOptions? options = null)
    {
        var context = await _browser.OpenAsync(_address, options);
        return new Visitor(context, await context.NewPageAsync());
    }

    /// <summary>Works on the app's database.</summary>
    public async Task WithServicesAsync(Func<IServiceProvider, Task> work)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        await work(scope.ServiceProvider);
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _app.DisposeAsync();
    }
}
