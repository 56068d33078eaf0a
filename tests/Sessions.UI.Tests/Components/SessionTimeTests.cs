using Bunit;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Components;

public sealed class SessionTimeTests : ComponentTest
{
    [Fact]
    public void Is_shown_in_UTC_for_people_and_for_machines()
    {
        var time = Render<SessionTime>(parameters => parameters.Add(p => p.Value, new DateTimeOffset(2026, 3, 9, 1, 30, 0, TimeSpan.FromHours(2))));

        time.Find("time").MarkupMatches("""<time datetime="2026-03-08T23:30:00Z">8 March 2026 23:30 UTC</time>""");
    }

    [Fact]
    public void Stands_where_the_text_around_it_wants_it()
    {
        var time = Render<SessionTime>(parameters => parameters.Add(p => p.Value, People.Noon).Add(p => p.Format, "since {0}, they say"));

        Assert.Equal("since 9 March 2026 12:00 UTC, they say", time.Find("span").TextContent);
    }
}
