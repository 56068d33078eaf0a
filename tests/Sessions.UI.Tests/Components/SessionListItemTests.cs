using Bunit;
using Sessions.Identity;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Components;

public sealed class SessionListItemTests : ComponentTest
{
    [Fact]
    public void The_current_device_is_marked()
    {
        Assert.Equal("This device", RenderItem(People.Laptop).Find(".badge").TextContent);
        Assert.Empty(RenderItem(People.Phone).FindAll(".badge"));
    }

    [Fact]
    public void The_button_is_named_after_its_device()
    {
        var button = RenderItem(People.Phone).Find("button");

        Assert.Equal("Sign out", button.TextContent);
        Assert.Equal("Sign out Safari on iPhone", button.GetAttribute("aria-label"));
    }

    [Fact]
    public void The_form_posts_the_session_by_its_id()
    {
        var form = RenderItem(People.Phone).Find("form");

        Assert.Equal(("post", "/one"), (form.GetAttribute("method"), form.GetAttribute("action")));
        Assert.Equal(People.Phone.Id.ToString(), form.QuerySelector("input[name=id]")?.GetAttribute("value"));
    }

    [Fact]
    public void Last_activity_is_told_with_the_place_and_the_address_it_came_from()
    {
        var line = RenderItem(People.Phone).Find(".small").TextContent.Trim();

        Assert.Equal("Last active 9 March 2026 09:00 UTC · 🇪🇸 Madrid, Spain (approximate, from the IP address) · IP 198.51.100.23", line);
    }

    [Fact]
    public void A_place_that_is_not_known_leaves_no_trace()
    {
        var item = RenderItem(People.Phone with { Location = null });

        Assert.Equal("Last active 9 March 2026 09:00 UTC · IP 198.51.100.23", item.Find(".small").TextContent.Trim());
        Assert.Empty(item.FindAll(".sessions-place"));
        Assert.Empty(RenderItem(People.Phone with { Location = new IpLocation { AutonomousSystemNumber = 1221 } }).FindAll(".sessions-approximate"));
    }

    [Fact]
    public void A_device_in_use_is_active_now() => Assert.StartsWith("Active now", RenderItem(People.Laptop).Find(".small").TextContent.Trim());

    [Fact]
    public void The_sign_in_is_told_with_its_method() =>
        Assert.Equal("Signed in 7 March 2026 12:00 UTC · Password", RenderItem(People.Laptop).FindAll(".small")[1].TextContent.Trim());

    [Fact]
    public void A_method_that_is_not_known_is_not_guessed() =>
        Assert.Empty(RenderItem(People.Laptop with { SignInMethod = SignInMethod.Unknown }).FindAll(".sessions-method"));

    [Fact]
    public void What_a_client_calls_itself_is_text_and_no_markup()
    {
        var device = new DeviceInfo { Browser = "<script>alert(1)</script>" };

        var item = RenderItem(People.Phone with { Device = device });

        Assert.Empty(item.FindAll("script"));
        Assert.Equal("<script>alert(1)</script>", item.Find(".sessions-device").TextContent);
    }

    private IRenderedComponent<SessionListItem> RenderItem(UserSessionInfo session) =>
        Render<SessionListItem>(parameters => parameters.Add(p => p.Session, session).Add(p => p.SignOutAction, "/one"));
}
