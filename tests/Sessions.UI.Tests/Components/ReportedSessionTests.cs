using Bunit;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Components;

public sealed class ReportedSessionTests : ComponentTest
{
    [Fact]
    public void Tells_device_time_place_and_address()
    {
        var reported = Render<ReportedSession>(parameters => parameters.Add(p => p.Session, People.Phone));

        Assert.Equal("Safari on iPhone", reported.Find(".sessions-device").TextContent);
        Assert.Equal("2026-02-07T12:00:00Z", reported.Find("time").GetAttribute("datetime"));
        Assert.Contains("Madrid, Spain", reported.Markup, StringComparison.Ordinal);
        Assert.Contains("198.51.100.1", reported.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("198.51.100.23", reported.Markup, StringComparison.Ordinal); // where it signed in, not where it went
        Assert.Empty(reported.FindAll(".sessions-this-device"));
    }

    [Fact]
    public void Warns_on_the_very_device()
    {
        var reported = Render<ReportedSession>(parameters => parameters.Add(p => p.Session, People.Laptop));

        Assert.Equal("This is the device that you are using now.", reported.Find(".sessions-this-device").TextContent);
    }
}
