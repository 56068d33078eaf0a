using Bunit;
using Sessions.Identity;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Components;

public sealed class OperatorComponentTests : ComponentTest
{
    private const string Path = "/ops";

    private static readonly SessionOverview _overview = new()
    {
        Hours = [.. Enumerable.Range(0, 24).Select(hour => new SessionHour(People.Noon.AddHours(hour - 23), hour == 23 ? 3 : 0, hour == 22 ? 5 : 0, hour == 23 ? 1 : 0, 0, 0))],
        Sources = [new FailureSource("203.0.113.7", 5, 4, 2), new FailureSource(null, 1, 1, 0)],
        Targets = [new FailureTarget("<b>ann", 5, 3, IsAccount: true)],
    };

    [Fact]
    public void The_overview_draws_each_number_and_tells_it_in_a_table_too()
    {
        var overview = Render<OperatorOverview>(parameters => parameters.Add(page => page.Overview, _overview).Add(page => page.Path, Path));

        Assert.Equal(["Sign-ins: 3", "Failed attempts: 5", "New devices: 1", "Unusual places: 0", "Remote sign-outs: 0"], overview.FindAll("svg[role=img]").Select(chart => chart.GetAttribute("aria-label")));
        Assert.Equal(3, overview.FindAll("rect").Count);
        Assert.Equal(["12:00", "11:00"], overview.FindAll(".sessions-hours-table tbody time").Select(time => time.TextContent));
        Assert.Equal("/ops/Events?ip=203.0.113.7", overview.Find(".sessions-sources a").GetAttribute("href"));
        Assert.Equal("<b>ann", overview.Find(".sessions-targets a").TextContent);
        Assert.Empty(overview.FindAll("[style]"));
    }

    [Fact]
    public void Time_runs_from_right_to_left_where_the_language_does()
    {
        Speak("ar");
        var overview = Render<OperatorOverview>(parameters => parameters.Add(page => page.Overview, _overview).Add(page => page.Path, Path));

        Assert.Equal("1", overview.Find("rect").GetAttribute("x"));
    }

    [Fact]
    public void An_event_tells_operators_whose_it_is_who_did_it_and_why()
    {
        var ended = People.SignedIn with { Kind = SessionEventKind.Revoked, EndReason = SessionEndReason.RevokedByAdmin, UserId = "1", ActorId = "2", Note = "<i>ticket" };
        var events = Render<OperatorEvents>(parameters => parameters
            .Add(list => list.Events, [ended]).Add(list => list.Path, Path).Add(list => list.Names, new Dictionary<string, string> { ["1"] = "ann" }));

        Assert.Equal(("ann", "/ops/Person?id=1"), (events.Find(".sessions-user").TextContent, events.Find(".sessions-user").GetAttribute("href")));
        Assert.Equal("By 2", events.Find(".sessions-by").TextContent);
        Assert.Equal("<i>ticket", events.Find(".sessions-note").TextContent);
    }

    [Fact]
    public void The_same_event_tells_the_person_neither()
    {
        var ended = People.SignedIn with { Kind = SessionEventKind.Revoked, EndReason = SessionEndReason.RevokedByAdmin, UserId = "1", ActorId = "operator", Note = "ticket" };

        var history = Render<LoginHistory>(parameters => parameters.Add(list => list.Events, [ended]));

        Assert.DoesNotContain("operator", history.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("ticket", history.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_live_session_can_be_ended_but_ones_own_and_an_ended_one_can_not()
    {
        var over = People.Phone with { Id = Guid.NewGuid(), EndedAt = People.Noon, EndReason = SessionEndReason.SignedOut };
        var sessions = Render<OperatorSessions>(parameters => parameters.Add(list => list.Sessions, [People.Laptop, People.Phone, over]).Add(list => list.Path, Path));

        Assert.Equal($"/ops/End?id={People.Phone.Id}", Assert.Single(sessions.FindAll(".sessions-end-one")).GetAttribute("href"));
        Assert.StartsWith("Signed out", Assert.Single(sessions.FindAll(".sessions-ended")).TextContent);
    }

    [Fact]
    public void The_filter_keeps_what_is_looked_for_also_a_code_of_the_hosts_own()
    {
        var search = new SessionEventSearch { Method = "badge", Kind = SessionEventKind.Expired, Network = System.Net.IPNetwork.Parse("203.0.113.0/24"), From = People.Noon };
        var filter = Render<OperatorEventFilter>(parameters => parameters.Add(form => form.Search, search).Add(form => form.Path, Path));

        Assert.Equal(["Expired", "badge"], filter.FindAll("option[selected]").Select(option => option.GetAttribute("value")));
        Assert.Equal("203.0.113.0/24", filter.Find("input[name=ip]").GetAttribute("value"));
        Assert.Equal("2026-03-09T12:00", filter.Find("input[name=from]").GetAttribute("value"));
    }
}
