using AngleSharp.Dom;
using Bunit;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Components;

public sealed class SessionChoicesTests : ComponentTest
{
    [Fact]
    public void Tells_of_each_device_what_it_is_when_it_was_active_and_where()
    {
        var choices = Render<SessionChoices>(parameters => parameters
            .Add(p => p.Sessions, [People.Phone])
            .Add(p => p.Now, People.Noon));

        Assert.Equal("Safari on iPhone", choices.Find(".sessions-device").TextContent);
        Assert.Equal("Active 3 hours ago", choices.Find("time").TextContent);
        Assert.Equal("2026-03-09T09:00:00Z", choices.Find("time").GetAttribute("datetime"));
        Assert.Contains("Madrid, Spain", choices.Markup, StringComparison.Ordinal);
        Assert.Contains("198.51.100.23", choices.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_has_a_box_with_a_label_that_sends_its_id()
    {
        var choices = Render<SessionChoices>(parameters => parameters
            .Add(p => p.Sessions, [People.Phone, People.Laptop])
            .Add(p => p.Now, People.Noon));

        Assert.Equal("To go on here, choose the device to sign out:", choices.Find("fieldset legend").TextContent);
        var boxes = choices.FindAll("input[type=checkbox][name=sessions]");
        Assert.Equal([People.Phone.Id.ToString(), People.Laptop.Id.ToString()], boxes.Select(box => box.GetAttribute("value")));
        Assert.All(boxes, box => Assert.NotNull(choices.Find($"label[for='{box.Id}']")));
        Assert.All(boxes, box => Assert.False(box.HasAttribute("checked")));
    }

    [Theory]
    [InlineData(1, 1, "To go on here, choose the device to sign out:")]
    [InlineData(2, 2, "To go on here, choose at least 2 devices to sign out:")]
    public void Where_there_is_nothing_to_pick_it_is_picked(int count, int needed, string legend)
    {
        var choices = Render<SessionChoices>(parameters => parameters
            .Add(p => p.Sessions, [.. new[] { People.Phone, People.Laptop }.Take(count)])
            .Add(p => p.Needed, needed)
            .Add(p => p.Now, People.Noon));

        Assert.Equal(legend, choices.Find("legend").TextContent);
        Assert.All(choices.FindAll("input[type=checkbox]"), box => Assert.True(box.HasAttribute("checked")));
    }

    [Theory]
    [InlineData(1, "Active a minute ago")]
    [InlineData(5, "Active 5 minutes ago")]
    [InlineData(59, "Active 59 minutes ago")]
    [InlineData(60, "Active an hour ago")]
    [InlineData(150, "Active 2 hours ago")]
    [InlineData(1440, "Active yesterday")]
    [InlineData(4400, "Active 3 days ago")]
    public void Says_how_long_ago(int minutes, string text)
    {
        var choices = Render<SessionChoices>(parameters => parameters
            .Add(p => p.Sessions, [People.Phone with { LastSeenAt = People.Noon.AddMinutes(-minutes) }])
            .Add(p => p.Now, People.Noon));

        Assert.Equal(text, choices.Find("time").TextContent);
    }

    [Fact]
    public void Who_is_active_now_is_said_to_be()
    {
        var choices = Render<SessionChoices>(parameters => parameters.Add(p => p.Sessions, [People.Laptop]).Add(p => p.Now, People.Noon));

        Assert.Equal("Active now", choices.Find("time").TextContent);
    }
}
