using Bunit;
using Sessions.Identity;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Components;

public sealed class SessionListItemTests : ComponentTest
{
    [Fact]
    public void The_current_device_is_marked()
    {
        Assert.Equal("This device", RenderItem(People.Laptop).Find(".sessions-this-device").TextContent);
        Assert.Empty(RenderItem(People.Phone).FindAll(".sessions-this-device"));
    }

    [Fact]
    public void The_button_is_named_after_its_device()
    {
        var button = RenderItem(People.Phone).Find("summary");

        Assert.Equal("Sign out", button.TextContent);
        Assert.Equal("Sign out Safari on iPhone", button.GetAttribute("aria-label"));
    }

    [Fact]
    public void The_question_comes_before_the_form_without_a_script()
    {
        var question = RenderItem(People.Phone).Find("details:not([open])");

        Assert.Equal("Safari on iPhone will be signed out at once and has to sign in again.", question.QuerySelector("form p")?.TextContent);
        Assert.Equal("Yes, sign out", question.QuerySelector("form button[type=submit]")?.TextContent);
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

        Assert.Equal("Active 3 hours ago · 🇪🇸 Madrid, Spain (approximate, from the IP address) · IP 198.51.100.23", line);
    }

    [Fact]
    public void A_place_that_is_not_known_leaves_no_trace()
    {
        var item = RenderItem(People.Phone with { Location = null });

        Assert.Equal("Active 3 hours ago · IP 198.51.100.23", item.Find(".small").TextContent.Trim());
        Assert.Empty(item.FindAll(".sessions-place"));
        Assert.Empty(RenderItem(People.Phone with { Location = new IpLocation { AutonomousSystemNumber = 1221 } }).FindAll(".sessions-approximate"));
    }

    [Fact]
    public void A_device_in_use_is_active_now() => Assert.StartsWith("Active now", RenderItem(People.Laptop).Find(".small").TextContent.Trim());

    [Fact]
    public void The_exact_time_is_in_the_title_and_for_machines()
    {
        var times = RenderItem(People.Phone).FindAll("time");

        Assert.Equal(["9 March 2026 09:00 UTC", "7 February 2026 12:00 UTC"], times.Select(time => time.GetAttribute("title")));
        Assert.Equal(["2026-03-09T09:00:00Z", "2026-02-07T12:00:00Z"], times.Select(time => time.GetAttribute("datetime")));
        Assert.Equal("9 March 2026 12:00 UTC", RenderItem(People.Laptop).Find(".sessions-active-now time").GetAttribute("title"));
    }

    [Fact]
    public void The_day_of_the_sign_in_is_told() =>
        Assert.Equal("Signed in 7 March 2026", RenderItem(People.Laptop).FindAll(".small")[1].TextContent.Trim());

    [Theory]
    [InlineData(SignInMethod.Password, null, null, null)]
    [InlineData(SignInMethod.Unknown, null, null, null)]
    [InlineData(SignInMethod.Password, null, SecondFactor.Authenticator, "Password and authenticator app")]
    [InlineData(SignInMethod.Passkey, null, null, "Passkey")]
    [InlineData(SignInMethod.External, "GitHub", null, "GitHub")]
    [InlineData("badge", null, null, "badge")]
    public void A_method_is_told_when_it_says_something(string method, string? provider, string? secondFactor, string? pill)
    {
        var item = RenderItem(People.Laptop with { SignInMethod = method, Provider = provider, SecondFactor = secondFactor });

        Assert.Equal(pill is null ? [] : [pill], item.FindAll(".sessions-method").Select(found => found.TextContent));
    }

    [Fact]
    public void A_sign_in_from_a_new_device_is_marked_for_a_week()
    {
        var fresh = People.Phone with { IsNewDevice = true, CreatedAt = People.Noon.AddDays(-6) };

        Assert.Equal("New sign-in", RenderItem(fresh).Find(".sessions-new").TextContent);
        Assert.Empty(RenderItem(fresh with { CreatedAt = People.Noon.AddDays(-8) }).FindAll(".sessions-new"));
        Assert.Empty(RenderItem(fresh with { IsNewDevice = false }).FindAll(".sessions-new"));
    }

    [Fact]
    public void A_sign_in_from_impossibly_far_away_is_marked_and_says_what_to_do()
    {
        var item = RenderItem(People.Phone with { IsImpossibleTravel = true, IsNewDevice = true });

        Assert.Equal("Unusual place", item.Find(".sessions-unusual").TextContent);
        Assert.Contains("change your password", item.Find(".sessions-unusual-advice").TextContent, StringComparison.Ordinal);
        Assert.Empty(item.FindAll(".sessions-new"));
    }

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
