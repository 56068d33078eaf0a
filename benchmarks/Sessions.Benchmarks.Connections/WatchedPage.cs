using System.Diagnostics;
using Microsoft.Playwright;

namespace Sessions.Benchmarks.Connections;

/// <summary>A browser with cookies of its own, on a page whose circuit is alive.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly IPage _page;
    private readonly TaskCompletionSource<long> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private WatchedPage(IBrowserContext context, IPage page, string name)
    {
        _context = context;
        _page = page;
        Name = name;
        page.WebSocket += (_, socket) => socket.Close += (_, _) => _closed.TrySetResult(Stopwatch.GetTimestamp());
    }

    public string Name { get; }

    public static async Task<WatchedPage> OpenAsync(IBrowser browser, LiveApp app, string name)
    {
        await app.CreatePeopleAsync([name]);
        var context = await browser.NewContextAsync(new() { BaseURL = app.Address.ToString() });
        var signedIn = await context.APIRequest.PostAsync($"/signin?name={name}");
        var watched = new WatchedPage(context, await context.NewPageAsync(), name);
        await watched._page.GotoAsync("/counter");
        return signedIn.Ok && await watched.CountsAsync() ? watched : throw new InvalidOperationException("The circuit did not start.");
    }

    /// <summary>Ends its session, and says when what was seen of it.</summary>
    public async Task<End> EndAsync(Func<Task> revoke)
    {
        var told = ToldAsync();
        var asked = Stopwatch.GetTimestamp();
        await revoke();
        var written = Stopwatch.GetTimestamp();
        return new End(Milliseconds(asked, written), Milliseconds(asked, await _closed.Task), Milliseconds(asked, await told));
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private async Task<long> ToldAsync()
    {
        await _page.Locator("[role=alert]:not(:empty)").WaitForAsync(new() { Timeout = 300_000 });
        return Stopwatch.GetTimestamp();
    }

    // Until the circuit is there, a click goes nowhere.
    private async Task<bool> CountsAsync()
    {
        for (var tries = 0; tries < 300; tries++)
        {
            await _page.GetByRole(AriaRole.Button).ClickAsync();
            if (await _page.GetByRole(AriaRole.Status).TextContentAsync() != "0")
            {
                return true;
            }

            await Task.Delay(50);
        }

        return false;
    }

    private static double Milliseconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;
}
