using Microsoft.Playwright;

namespace Sessions.Benchmarks.Connections;

/// <summary>How long it takes from the revocation until a browser has lost its circuit, and until it shows the page that says why.</summary>
internal static class EndTime
{
    private const double MostMilliseconds = 2_000;
    private const int WarmUpRounds = 2;

    public static async Task<bool> PushAsync(IBrowser browser, int rounds)
    {
        await using var app = await LiveApp.StartAsync(postgres: null, options => options.RevalidationInterval = null);
        List<End> ends = [];
        for (var round = -WarmUpRounds; round < rounds; round++)
        {
            await using var watched = await WatchedPage.OpenAsync(browser, app, $"person{round + WarmUpRounds}");
            var end = await watched.EndAsync(() => app.RevokeAsync(watched.Name));
            if (round >= 0)
            {
                ends.Add(end);
            }
        }

        var (gone, told) = (Spread.Of(ends.Select(end => end.Gone)), Spread.Of(ends.Select(end => end.Told)));
        var isReached = gone.Median < MostMilliseconds && told.Median < MostMilliseconds;
        Row("at once", ends, $"{MostMilliseconds / 1_000:0.0} s", Say.Of(isReached));
        return isReached;
    }

    /// <summary>As many circuits as rounds, ended elsewhere one after another over a whole interval, so that each waits for another part of it.</summary>
    public static async Task IntervalAsync(IBrowser browser, int rounds, TimeSpan interval)
    {
        await using var app = await LiveApp.StartAsync(postgres: null, options =>
        {
            options.EndAtOnce = false;
            options.RevalidationInterval = interval;
        });
        List<WatchedPage> pages = [];
        for (var round = 0; round < rounds; round++)
        {
            pages.Add(await WatchedPage.OpenAsync(browser, app, $"person{round}"));
        }

        List<Task<End>> ends = [];
        foreach (var page in pages)
        {
            ends.Add(page.EndAsync(() => app.RevokeAsync(page.Name)));
            await Task.Delay(interval / rounds);
        }

        Row($"without the push, interval {interval.TotalSeconds:0} s", [.. await Task.WhenAll(ends)], "-", "for information");
        foreach (var page in pages)
        {
            await page.DisposeAsync();
        }
    }

    private static void Row(string what, List<End> ends, string required, string verdict) => Say.Line(
        $"| {what}, {ends.Count} circuits | {Of(ends.Select(end => end.Written))} | {Of(ends.Select(end => end.Gone))} | {Of(ends.Select(end => end.Told))} | {required} | {verdict} |");

    private static string Of(IEnumerable<double> milliseconds)
    {
        var spread = Spread.Of(milliseconds);
        return Say.Text($"{spread.Median:N0} ({spread.Least:N0} - {spread.Most:N0})");
    }
}
