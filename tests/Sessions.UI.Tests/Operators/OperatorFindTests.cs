using System.Net;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Operators;

/// <summary>Finding people, sessions and events, with all of it in the address.</summary>
public sealed class OperatorFindTests
{
    private const string Hostile = "=<script>alert(1)</script>";

    [Fact]
    public async Task The_overview_counts_and_leads_on_to_the_events()
    {
        await using var app = await OperatorApp.StartAsync();
        await app.App.CreateUserAsync();
        await app.App.NewDevice().SignInAsync(password: "wrong");
        await app.App.NewDevice().SignInAsync("nobody@example.com");

        var page = await app.ReadAsync(OperatorApp.Path);
        var source = page.QuerySelector(".sessions-sources tbody tr")!;
        var events = await app.ReadAsync(source.QuerySelector("a")!.GetAttribute("href")!);

        Assert.Equal(["203.0.113.7", "2", "2", "1"], source.QuerySelectorAll("th, td").Select(cell => cell.TextContent.Trim()));
        Assert.Equal(5, page.QuerySelectorAll("svg[role=img]").Length);
        Assert.Contains("Failed attempts: 2", page.QuerySelectorAll("figcaption").Select(caption => caption.TextContent));
        Assert.Equal(["1", "2", "0", "0", "0"], page.QuerySelectorAll(".sessions-hours-table tbody tr td").Select(cell => cell.TextContent));
        Assert.Equal(3, events.QuerySelectorAll(".sessions-event").Length);
    }

    [Theory]
    [InlineData("ada")]
    [InlineData("ADA@EXAMPLE.COM")]
    public async Task A_person_is_found_and_shown_with_sessions_trail_and_what_was_tried_against_them(string wanted)
    {
        await using var app = await OperatorApp.StartAsync();
        var ada = await app.App.CreateUserAsync();
        await app.App.NewDevice(Device.SafariOnIPhone).SignInAsync();
        await app.App.NewDevice().SignInAsync(password: "wrong");

        var found = await app.ReadAsync($"{OperatorApp.Path}?q={wanted}");
        var person = await app.ReadAsync(found.QuerySelector(".sessions-people a")!.GetAttribute("href")!);

        Assert.Equal("ada@example.com", person.QuerySelector("h1")!.TextContent);
        Assert.Equal("Safari on iPhone (iOS 18.5)", Assert.Single(person.QuerySelectorAll(".sessions-item .sessions-device")).TextContent);
        Assert.Equal(["SignedIn", "SignInFailed"], person.QuerySelectorAll(".sessions-event").Select(row => row.GetAttribute("data-event")));
        Assert.DoesNotContain("KeyDigest", person.DocumentElement.OuterHtml, StringComparison.OrdinalIgnoreCase);
        using var unknown = await app.Desk.GetAsync($"{OperatorApp.Path}/Person?id={ada.Id}x");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task What_an_attacker_typed_is_shown_and_exported_as_text()
    {
        await using var app = await OperatorApp.StartAsync();
        await app.App.NewDevice(userAgent: "<img src=x onerror=alert(1)>").SignInAsync(Hostile);

        var page = await app.ReadAsync($"{OperatorApp.Path}/Events?kind=SignInFailed");
        var csv = await (await app.Desk.GetAsync(page.QuerySelector(".sessions-downloads a")!.GetAttribute("href")!)).Content.ReadAsStringAsync();
        var overview = await app.ReadAsync(OperatorApp.Path);

        Assert.Contains(Hostile, page.QuerySelector(".sessions-event")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(Hostile, overview.QuerySelector(".sessions-targets")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll(".sessions script, .sessions img"));
        Assert.Empty(overview.QuerySelectorAll(".sessions script, .sessions img"));
        Assert.Contains("\"'=<script>", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_is_looked_for_stands_in_the_address_and_the_pages_go_on_with_it()
    {
        await using var app = await OperatorApp.StartAsync();
        var ada = await app.App.CreateUserAsync();
        var at = app.App.Time.GetUtcNow();
        await app.App.InDatabaseAsync(db =>
        {
            db.AddRange(Enumerable.Range(0, 120).Select(number => new IdentitySessionEvent<string>
            {
                Id = Guid.CreateVersion7(at.AddMinutes(-number)),
                Kind = number % 2 == 0 ? SessionEventKind.SignedIn : SessionEventKind.SignedOut,
                UserId = ada.Id,
                OccurredAt = at.AddMinutes(-number),
            }));
            return db.SaveChangesAsync();
        });

        var first = await app.ReadAsync($"{OperatorApp.Path}/Events?user=ada@example.com&kind=SignedIn");
        var second = await app.ReadAsync(first.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        var csv = await (await app.Desk.GetAsync($"{OperatorApp.Path}/Events?user={ada.Id}&handler=Csv")).Content.ReadAsStringAsync();

        Assert.Equal("ada@example.com", first.QuerySelector("input[name=user]")!.GetAttribute("value"));
        Assert.Equal("SignedIn", first.QuerySelector("select[name=kind] option[selected]")!.GetAttribute("value"));
        Assert.Equal((50, 10), (first.QuerySelectorAll(".sessions-event").Length, second.QuerySelectorAll(".sessions-event").Length));
        Assert.Null(second.QuerySelector("a[rel=next]"));
        Assert.Equal(121, csv.TrimEnd().Split("\r\n").Length);
        Assert.Contains($"\"{ada.Id}\",\"ada@example.com\"", csv, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/Events", ".sessions-event")]
    [InlineData("/Live", ".sessions-item")]
    public async Task A_page_that_finds_nothing_yet_says_how_far_it_looked_and_leads_on(string path, string item)
    {
        await using var app = await OperatorApp.StartAsync(options => options.Administration.Bounds = new(Events: 3, Sessions: 3));
        await app.App.CreateUserAsync();
        await app.App.NewDevice(Device.SafariOnIPhone).SignInAsync();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            app.App.Time.Advance(TimeSpan.FromMinutes(1));
            await app.App.NewDevice().SignInAsync();
        }

        var first = await app.ReadAsync($"{OperatorApp.Path}{path}?device=iphone");
        var second = await app.ReadAsync(first.QuerySelector("a[rel=next]")!.GetAttribute("href")!);

        Assert.Empty(first.QuerySelectorAll(item));
        Assert.StartsWith("Looked back to ", first.QuerySelector(".sessions-looked")!.TextContent, StringComparison.Ordinal);
        Assert.Single(second.QuerySelectorAll(item));
    }

    [Theory]
    [InlineData("/Events", ".sessions-event")]
    [InlineData("/Live", ".sessions-item")]
    public async Task What_is_rare_is_looked_for_further_back_until_it_is_found_or_there_is_nothing_more(string path, string item)
    {
        await using var app = await OperatorApp.StartAsync(options => options.Administration.Bounds = new(Events: 2, Sessions: 2));
        await app.App.CreateUserAsync();
        await app.App.NewDevice(Device.SafariOnIPhone).SignInAsync();
        foreach (var _ in Enumerable.Range(0, 9))
        {
            app.App.Time.Advance(TimeSpan.FromMinutes(1));
            await app.App.NewDevice().SignInAsync();
        }

        var found = await app.ReadAsync(await FurtherAsync("iphone"));
        var nothing = await app.ReadAsync(await FurtherAsync("ipad"));

        Assert.Single(found.QuerySelectorAll(item));
        Assert.Empty(nothing.QuerySelectorAll(item));
        Assert.Null(nothing.QuerySelector(".sessions-looked, a[rel=next]"));

        async Task<string> FurtherAsync(string device) =>
            (await app.ReadAsync($"{OperatorApp.Path}{path}?device={device}")).QuerySelector("a.sessions-further")!.GetAttribute("href")!;
    }

    [Theory]
    [InlineData("/Events?ip=nonsense", "nonsense")]
    [InlineData("/Events?from=yesterday", "yesterday")]
    [InlineData("/Events?noticed=77", "77")]
    [InlineData("/Events?user=nobody", "nobody")]
    [InlineData("/Live?ip=203.0.113.0/99", "203.0.113.0/99")]
    [InlineData("/Live?country=Spain", "Spain")]
    [InlineData("/Live?user=nobody", "nobody")]
    public async Task What_can_not_be_read_is_said_instead_of_left_out(string query, string text)
    {
        await using var app = await OperatorApp.StartAsync();

        var page = await app.ReadAsync(OperatorApp.Path + query);

        Assert.Contains(text, page.QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll(".sessions-event, .sessions-item, .sessions-end-found"));
    }

    [Fact]
    public async Task Sessions_are_found_by_network_and_country_and_device()
    {
        await using var app = await OperatorApp.StartAsync();
        await app.App.CreateUserAsync();
        await app.App.NewDevice(Device.SafariOnIPhone).SignInAsync();

        var page = await app.ReadAsync($"{OperatorApp.Path}/Live?ip=203.0.113.0/24&device=safari+iphone");
        var none = await app.ReadAsync($"{OperatorApp.Path}/Live?ip=203.0.114.0/24");

        Assert.Equal("ada@example.com", Assert.Single(page.QuerySelectorAll(".sessions-item .sessions-user")).TextContent);
        Assert.Empty(none.QuerySelectorAll(".sessions-item"));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task Looking_at_a_trail_is_an_event_of_it_where_the_host_wants_that(bool isWanted, int events)
    {
        await using var app = await OperatorApp.StartAsync(options => options.Administration.RecordTrailViews = isWanted);
        var ada = await app.App.CreateUserAsync();
        var phone = app.App.NewDevice(Device.SafariOnIPhone);
        await phone.SignInAsync();

        await app.ReadAsync($"{OperatorApp.Path}/Person?id={ada.Id}");
        await app.ReadAsync($"{OperatorApp.Path}/Person?id={ada.Id}");
        await app.ReadAsync($"{OperatorApp.Path}/Events?user={ada.Id}");
        var own = await app.App.WithUsersAsync(users => users.FindByNameAsync(OperatorApp.Operator));
        await app.ReadAsync($"{OperatorApp.Path}/Person?id={own!.Id}");

        var viewed = (await app.App.EventsAsync()).Where(row => row.Kind == SessionEventKind.TrailViewed).ToArray();
        Assert.Equal(events, viewed.Length);
        Assert.All(viewed, row => Assert.Equal((ada.Id, own.Id, null, null, null), (row.UserId, row.ActorId, row.IpAddress, row.Browser, row.DeviceType)));
        var history = await PageHost.ReadAsync(await phone.GetAsync("/Identity/Account/Devices/History"));
        var line = history.QuerySelector("[data-event=TrailViewed]");
        Assert.Equal(isWanted, line is not null);
        Assert.DoesNotContain(OperatorApp.Operator, history.QuerySelector(".sessions-history")!.TextContent, StringComparison.Ordinal);
        if (isWanted)
        {
            app.App.Time.Advance(TimeSpan.FromHours(1));
            await app.ReadAsync($"{OperatorApp.Path}/Person?id={ada.Id}");
            Assert.Equal(2, (await app.App.EventsAsync()).Count(row => row.Kind == SessionEventKind.TrailViewed));
        }
    }
}
