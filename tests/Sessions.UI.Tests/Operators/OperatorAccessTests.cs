using System.Net;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Operators;

/// <summary>Who gets to see the operators' pages, and who does not: each page, each handler.</summary>
public sealed class OperatorAccessTests
{
    private static readonly string[] _pages = ["", "/Events", "/Events?handler=Csv", "/Live", "/Person?id=1", "/End?everybody=true"];
    private static readonly string[] _posts = ["/End?everybody=true", "/End?ending=00000000-0000-0000-0000-000000000001&handler=Stop", "/End?ending=00000000-0000-0000-0000-000000000001&handler=Resume"];

    public static TheoryData<string> Pages => [.. _pages];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Only_who_meets_the_policy_sees_a_page(string page)
    {
        await using var app = await OperatorApp.StartAsync();
        await app.App.CreateUserAsync();
        var ada = app.App.NewDevice();
        await ada.SignInAsync();

        using var anonymous = await app.App.NewDevice().GetAsync(OperatorApp.Path + page);
        using var others = await ada.GetAsync(OperatorApp.Path + page);
        using var own = await app.Desk.GetAsync(OperatorApp.Path + page);

        Assert.Contains("/Identity/Account/Login", anonymous.Headers.Location?.ToString());
        Assert.Contains("/Identity/Account/AccessDenied", others.Headers.Location?.ToString());
        Assert.Equal(page.StartsWith("/Person", StringComparison.Ordinal) ? HttpStatusCode.NotFound : HttpStatusCode.OK, own.StatusCode);
        Assert.True(own.StatusCode == HttpStatusCode.NotFound || own.Headers.CacheControl?.NoStore == true, "it is stored nowhere");
    }

    [Fact]
    public async Task A_form_that_somebody_else_sends_ends_nobody()
    {
        await using var app = await OperatorApp.StartAsync();
        await app.App.CreateUserAsync();
        var ada = app.App.NewDevice();
        await ada.SignInAsync();
        var token = (await PageHost.ReadAsync(await ada.GetAsync("/Identity/Account/Devices"))).QuerySelector("input[name=__RequestVerificationToken]");
        Dictionary<string, string> fields = new() { ["Reason"] = "mine", ["Confirmation"] = "EVERYBODY" };
        if (token is not null)
        {
            fields["__RequestVerificationToken"] = token.GetAttribute("value")!;
        }

        foreach (var post in _posts)
        {
            using var forged = await ada.PostFormAsync(OperatorApp.Path + post, fields);
            using var anonymous = await app.App.NewDevice().PostFormAsync(OperatorApp.Path + post, fields);
            using var withoutToken = await app.Desk.PostFormAsync(OperatorApp.Path + post, new Dictionary<string, string> { ["Reason"] = "x", ["Confirmation"] = "EVERYBODY" });
            using var withForeignToken = await app.Desk.PostFormAsync(OperatorApp.Path + post, fields);

            Assert.Contains("AccessDenied", forged.Headers.Location?.ToString());
            Assert.Contains("Login", anonymous.Headers.Location?.ToString());
            Assert.Equal(HttpStatusCode.BadRequest, withoutToken.StatusCode);
            Assert.Equal(HttpStatusCode.BadRequest, withForeignToken.StatusCode);
        }

        Assert.True(await ada.IsSignedInAsync());
        Assert.DoesNotContain(await app.App.EventsAsync(), row => row.Kind == SessionEventKind.Revoked);
    }

    [Fact]
    public async Task Without_a_policy_nothing_is_served_and_one_line_says_how_to_turn_it_on()
    {
        await using var app = await OperatorApp.StartAsync(hasPolicy: false);

        foreach (var page in _pages)
        {
            using var answer = await app.Desk.GetAsync(OperatorApp.Path + page);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        var line = Assert.Single(app.App.Logs.GetSnapshot(), record => record.Id.Id == 100);
        Assert.Contains("options.Administration.Policy", line.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pages_are_where_the_host_wants_them()
    {
        await using var app = await OperatorApp.StartAsync(options => options.Administration.Path = "/ops/on-call");

        var page = await app.ReadAsync("/ops/on-call");
        using var usual = await app.Desk.GetAsync(OperatorApp.Path);

        Assert.Equal(["/ops/on-call", "/ops/on-call/Live", "/ops/on-call/Events"], page.QuerySelectorAll(".sessions-operators a").Select(link => link.GetAttribute("href")));
        Assert.Equal(HttpStatusCode.NotFound, usual.StatusCode);
        await app.ReadAsync("/ops/on-call/Live");
    }

    [Fact]
    public async Task A_registry_out_of_reach_is_said_and_a_trail_that_can_not_be_recorded_is_not_shown()
    {
        await using var app = await OperatorApp.StartAsync(options => options.Administration.RecordTrailViews = true);
        var ada = await app.App.CreateUserAsync();
        await app.App.Database.RenameAsync("AspNetSessionEvents", "Elsewhere");

        foreach (var page in new[] { "", "/Events", $"/Person?id={ada.Id}" })
        {
            using var answer = await app.Desk.GetAsync(OperatorApp.Path + page);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.NotNull((await PageHost.ReadAsync(answer)).QuerySelector("[role=alert]"));
        }
    }
}
