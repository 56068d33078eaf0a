using AngleSharp.Dom;
using Bunit;
using Sessions.Identity;
using Sessions.UI.History;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Components;

public sealed class HistoryFilterTests : ComponentTest
{
    [Fact]
    public void Leads_to_each_group_and_marks_the_one_that_is_shown()
    {
        var links = RenderFilter(SessionHistoryFilter.None with { Group = SessionEventGroup.Failed }).FindAll("a");

        Assert.Equal(["/history", "/history?show=SignIns", "/history?show=Failed", "/history?show=Security"], links.Select(link => link.GetAttribute("href")));
        Assert.Equal(["Failed attempts"], links.Where(link => link.GetAttribute("aria-current") == "true").Select(link => link.TextContent));
    }

    [Fact]
    public void A_group_keeps_the_days_and_the_days_keep_the_group()
    {
        var filter = RenderFilter(HistoryAddress.Read(SessionEventGroup.Security, new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 9)));

        Assert.Equal("/history?show=SignIns&from=2026-03-01&to=2026-03-09", filter.FindAll("a")[1].GetAttribute("href"));
        Assert.Equal(["show=Security", "from=2026-03-01", "to=2026-03-09"], filter.FindAll("form[method=get] input").Select(input => $"{input.GetAttribute("name")}={input.GetAttribute("value")}"));
    }

    [Fact]
    public void Each_field_has_a_label() =>
        Assert.Equal(["From (UTC)", "To (UTC)"], RenderFilter(SessionHistoryFilter.None).FindAll("label:has(input[type=date])").Select(label => label.TextContent.Trim()));

    [Fact]
    public void Days_in_the_wrong_order_are_put_right_and_the_last_one_belongs_to_it()
    {
        var filter = HistoryAddress.Read((SessionEventGroup)77, new DateOnly(2026, 3, 9), new DateOnly(2026, 3, 1));

        Assert.Equal(SessionEventGroup.All, filter.Group);
        Assert.Equal((new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 10, 0, 0, 0, TimeSpan.Zero)), (filter.From!.Value, filter.Before!.Value));
        Assert.Null(HistoryAddress.Read(default, from: null, DateOnly.MaxValue).Before);
    }

    private IRenderedComponent<HistoryFilter> RenderFilter(SessionHistoryFilter filter) =>
        Render<HistoryFilter>(parameters => parameters.Add(p => p.Filter, filter).Add(p => p.Action, "/history"));
}
