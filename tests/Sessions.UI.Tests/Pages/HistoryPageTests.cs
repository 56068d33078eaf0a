using System.Net;
using System.Text;
using System.Text.Json;
using Sessions.Identity;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Pages;

/// <summary>On a Razor Page.</summary>
public sealed class HistoryRazorPageTests() : HistoryPageTests(PageKind.Razor);

/// <summary>On a Blazor page.</summary>
public sealed class HistoryBlazorPageTests() : HistoryPageTests(PageKind.Blazor);

public abstract class HistoryPageTests(PageKind kind) : IAsyncLifetime
{
    private static readonly DateTimeOffset _midnight = People.Noon.AddHours(-12);

    private readonly FakeSessions _sessions = new();
    private PageHost _host = default!;

    public async ValueTask InitializeAsync() => _host = await PageHost.StartAsync(_sessions, kind);

    [Fact]
    public async Task Goes_on_with_older_events_and_back_to_the_newest()
    {
        var newest = await _host.ReadAsync(_host.HistoryPath);
        var older = await _host.ReadAsync(newest.QuerySelector("a[rel=next]")!.GetAttribute("href")!);

        Assert.Equal("Signed in", newest.QuerySelector("ol strong")?.TextContent);
        Assert.Equal("Sign-in failed", older.QuerySelector("ol strong")?.TextContent);
        Assert.Equal([_host.HistoryPath], older.QuerySelectorAll(".sessions-pages a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task Is_stored_nowhere() => Assert.True((await _host.Client.GetAsync(_host.HistoryPath)).Headers.CacheControl?.NoStore);

    [Fact]
    public async Task Says_that_it_is_unavailable_while_the_registry_is_out_of_reach()
    {
        _sessions.IsDown = true;

        var answer = await _host.Client.GetAsync(_host.HistoryPath);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("can't be shown just now", (await PageHost.ReadAsync(answer)).QuerySelector("[role=alert]")?.TextContent);
    }

    [Fact]
    public async Task Shows_what_happened_without_the_chart_where_that_can_not_be_counted()
    {
        _sessions.CountsNothing = true;

        var page = await _host.ReadAsync(_host.HistoryPath);

        Assert.Equal("Signed in", page.QuerySelector("ol strong")?.TextContent);
        Assert.Null(page.QuerySelector("figure"));
    }

    [Fact]
    public async Task Shows_what_the_address_asks_for_and_keeps_asking_for_it()
    {
        var page = await _host.ReadAsync($"{_host.HistoryPath}?show=failed&from=2026-03-01&to=2026-03-09");

        Assert.Equal(
            new SessionHistoryFilter { Group = SessionEventGroup.Failed, From = _midnight.AddDays(-8), Before = _midnight.AddDays(1) },
            _sessions.Asked);
        Assert.Equal($"{_host.HistoryPath}?show=Failed&from=2026-03-01&to=2026-03-09&cursor=next", page.QuerySelector("a[rel=next]")?.GetAttribute("href"));
        Assert.Equal($"{_host.HistoryPath}?show=Failed&from=2026-03-01&to=2026-03-09&handler=Csv", page.QuerySelector(".sessions-downloads a")?.GetAttribute("href"));
    }

    [Theory]
    [InlineData("show=nonsense&from=yesterday&to=2026-99-99")]
    [InlineData("show=99")]
    [InlineData("show=")]
    public async Task An_address_that_makes_no_sense_shows_everything(string query)
    {
        var answer = await _host.Client.GetAsync($"{_host.HistoryPath}?{query}");

        Assert.Equal((HttpStatusCode.OK, SessionHistoryFilter.None), (answer.StatusCode, _sessions.Asked));
    }

    [Fact]
    public async Task Draws_the_days_on_the_newest_page_only()
    {
        Assert.NotNull((await _host.ReadAsync(_host.HistoryPath)).QuerySelector("svg[role=img]"));
        Assert.Null((await _host.ReadAsync($"{_host.HistoryPath}?cursor=next")).QuerySelector("svg[role=img]"));
    }

    [Fact]
    public async Task Hands_out_a_CSV_file_that_no_spreadsheet_calculates()
    {
        _sessions.Trail.Add(People.Failed with { Identity = "=cmd|' /c calc'!a0" });

        var answer = await _host.Client.GetAsync($"{_host.HistoryPath}?handler=Csv&show=failed");
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        var lines = Encoding.UTF8.GetString(bytes[3..]).TrimEnd().Split("\r\n");

        Assert.Equal(Encoding.UTF8.Preamble, bytes[..3]);
        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.Matches("^login-history-\\d{4}-\\d\\d-\\d\\d\\.csv$", answer.Content.Headers.ContentDisposition?.FileName);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal(4, lines.Length);
        Assert.StartsWith("\"time\",\"event\",\"reason\",\"device\"", lines[0]);
        Assert.StartsWith("\"2026-03-09T12:00:00Z\",\"SignedIn\",,\"Firefox on Windows\",\"203.0.113.7\"", lines[1]);
        Assert.Contains("\"'=cmd|' /c calc'!a0\"", lines[3]);
        Assert.Equal(SessionEventGroup.Failed, _sessions.Asked?.Group);
    }

    [Fact]
    public async Task Hands_out_a_JSON_file_without_what_is_for_operators()
    {
        _sessions.Trail[0] = People.SignedIn with { Note = "for operators", ActorId = "operator" };

        var answer = await _host.Client.GetAsync($"{_host.HistoryPath}?handler=Json");
        var text = await answer.Content.ReadAsStringAsync();
        var items = JsonDocument.Parse(text).RootElement;

        Assert.Equal(["SignedIn", "SignInFailed"], items.EnumerateArray().Select(item => item.GetProperty("event").GetString()));
        Assert.Equal("ann@example.com", items[1].GetProperty("typedName").GetString());
        Assert.DoesNotContain("operator", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Csv")]
    [InlineData("Json")]
    public async Task A_file_that_can_not_be_read_to_its_end_does_not_look_whole(string handler)
    {
        _sessions.Trail.AddRange(Enumerable.Repeat<SessionEventInfo?>(People.SignedIn, 1000));
        _sessions.Trail.Add(null);

        await Assert.ThrowsAnyAsync<Exception>(async () => await (await _host.Client.GetAsync($"{_host.HistoryPath}?handler={handler}")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_file_is_unavailable_while_the_registry_is_out_of_reach()
    {
        _sessions.IsDown = true;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _host.Client.GetAsync($"{_host.HistoryPath}?handler=Csv")).StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
