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

        Assert.Empty(list.FindAll($"[data-session='{People.Laptop.Id}'] button"));
        Assert.Single(list.FindAll($"[data-session='{People.Phone.Id}'] button"));
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
        var list = Render<SessionList>(parameters => parameters.Add(p => p.Sessions, [People.Laptop, People.Phone]));

        Assert.Equal(2, list.FindAll("li").Count);
        Assert.Empty(list.FindAll("form"));
    }

    [Fact]
    public void Every_form_carries_the_antiforgery_token() => Assert.All(
        RenderList(People.Laptop, People.Phone).FindAll("form"),
        form => Assert.Equal("the-token", form.QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value")));

    private IRenderedComponent<SessionList> RenderList(params UserSessionInfo[] sessions) => Render<SessionList>(parameters => parameters
        .Add(p => p.Sessions, sessions)
        .Add(p => p.SignOutAction, "/one")
        .Add(p => p.SignOutOthersAction, "/others"));
}
