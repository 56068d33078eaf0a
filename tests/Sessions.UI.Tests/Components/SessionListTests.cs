using Bunit;
using Sessions.Identity;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Components;

public sealed class SessionListTests : ComponentTest
{
    [Fact]
    public void Offers_to_sign_out_each_device_but_this_one()
    {
        var list = RenderList(People.Laptop, People.Phone);

        Assert.Empty(list.FindAll($"[data-session='{People.Laptop.Id}'] form"));
        Assert.Single(list.FindAll($"[data-session='{People.Phone.Id}'] form"));
    }

    [Fact]
    public void Offers_to_sign_out_everywhere_else_while_there_is_anywhere_else()
    {
        Assert.Single(RenderList(People.Laptop, People.Phone).FindAll("form[action='/others']"));
        Assert.Empty(RenderList(People.Laptop).FindAll("form"));
    }

    [Fact]
    public void Says_so_when_this_is_the_only_device() =>
        Assert.Equal("No other device is signed in.", RenderList(People.Laptop).Find(".sessions-alone").TextContent);

    [Fact]
    public void Says_so_when_no_device_is_known() => Assert.Contains("No device is known yet", RenderList().Find("p").TextContent);

    [Fact]
    public void Only_shows_when_it_is_told_of_no_place_to_post_to()
    {
        var list = Render<SessionList>(parameters => parameters.Add<IReadOnlyList<UserSessionInfo>?>(p => p.Sessions, [People.Laptop, People.Phone]));

        Assert.Equal(2, list.FindAll("li").Count);
        Assert.Empty(list.FindAll("form"));
    }

    [Fact]
    public void Every_form_carries_the_antiforgery_token() => Assert.All(
        RenderList(People.Laptop, People.Phone).FindAll("form"),
        form => Assert.Equal("the-token", form.QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value")));

    [Fact]
    public void What_was_not_used_for_thirty_days_stands_apart()
    {
        var old = People.Phone with { Id = Guid.NewGuid(), LastSeenAt = People.Noon.AddDays(-30) };

        var list = RenderList(People.Laptop, People.Phone, old);

        Assert.Equal("Not used for a month or longer", list.Find(".sessions-inactive h3").TextContent);
        Assert.Equal([old.Id.ToString()], list.FindAll(".sessions-inactive li").Select(item => item.GetAttribute("data-session")));
        Assert.Empty(RenderList(People.Laptop, People.Phone).FindAll(".sessions-inactive"));
    }

    [Fact]
    public void The_session_that_asks_is_in_use_however_long_it_was_not_written() =>
        Assert.Empty(RenderList(People.Laptop with { LastSeenAt = People.Noon.AddDays(-40) }).FindAll(".sessions-inactive"));

    [Fact]
    public void A_hundred_devices_are_counted_and_folded()
    {
        var list = RenderList([People.Laptop, .. People.Others(99)]);

        Assert.Equal("100 devices are signed in.", list.Find(".sessions-count").TextContent);
        Assert.Equal(10, list.FindAll(":not(.sessions-more) > .sessions-list > li").Count);
        Assert.Equal("Show 90 more devices", list.Find("details.sessions-more:not([open]) > summary").TextContent);
        Assert.Equal(90, list.FindAll(".sessions-more li").Count);
    }

    [Fact]
    public void A_handful_more_is_not_folded() =>
        Assert.Empty(RenderList([People.Laptop, .. People.Others(14)]).FindAll(".sessions-more"));

    [Fact]
    public void Asks_for_the_persons_own_devices_when_it_is_given_none()
    {
        var sessions = new FakeSessions();
        Services.AddSingleton<ICurrentUserSessions>(sessions);

        Assert.Equal(2, Render<SessionList>().FindAll("li").Count);
        sessions.IsDown = true;
        Assert.Contains("can't be shown just now", Render<SessionList>().Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    private IRenderedComponent<SessionList> RenderList(params UserSessionInfo[] sessions) => Render<SessionList>(parameters => parameters
        .Add(p => p.Sessions, sessions)
        .Add(p => p.SignOutAction, "/one")
        .Add(p => p.SignOutOthersAction, "/others"));
}
