using System.Net;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Pages;

public sealed class HistoryPageTests : IAsyncLifetime
{
    private const string Path = "/Identity/Account/Devices/History";

    private readonly FakeSessions _sessions = new();
    private PageHost _host = default!;

    public async ValueTask InitializeAsync() => _host = await PageHost.StartAsync(_sessions);

    [Fact]
    public async Task Goes_on_with_older_events_and_back_to_the_newest()
    {
        var newest = await _host.ReadAsync(Path);
        var older = await _host.ReadAsync(newest.QuerySelector("a[rel=next]")!.GetAttribute("href")!);

        Assert.Equal("Signed in", newest.QuerySelector("ol strong")?.TextContent);
        Assert.Equal("Sign-in failed", older.QuerySelector("ol strong")?.TextContent);
        Assert.Equal([Path], older.QuerySelectorAll("nav a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task Is_stored_nowhere() => Assert.True((await _host.Client.GetAsync(Path)).Headers.CacheControl?.NoStore);

    [Fact]
    public async Task Says_that_it_is_unavailable_while_the_registry_is_out_of_reach()
    {
        _sessions.IsDown = true;

        var answer = await _host.Client.GetAsync(Path);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("can't be shown just now", (await PageHost.ReadAsync(answer)).QuerySelector("[role=alert]")?.TextContent);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
