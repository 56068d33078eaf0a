using AngleSharp.Dom;
using Bunit;
using Sessions.Identity;
using Sessions.UI.Tests.Harness;

namespace Sessions.UI.Tests.Components;

public sealed class SignInChartTests : ComponentTest
{
    private static readonly SignInDay[] _days = [new(new DateOnly(2026, 3, 7), 1, 1), new(new DateOnly(2026, 3, 8), 0, 0), new(new DateOnly(2026, 3, 9), 3, 1)];

    [Fact]
    public void Says_in_words_what_the_picture_shows()
    {
        var picture = RenderChart(_days).Find("svg[role=img]");

        Assert.Equal("Sign-ins and failed attempts per day, the last 90 days. 4 sign-ins, 2 failed attempts", picture.GetAttribute("aria-label"));
        Assert.Equal(["7 March 2026: 1 sign-in, 1 failed attempt", "9 March 2026: 3 sign-ins, 1 failed attempt"], picture.QuerySelectorAll("title").Select(title => title.TextContent));
    }

    [Fact]
    public void The_table_has_the_same_numbers_the_newest_day_first()
    {
        var rows = RenderChart(_days).FindAll("table tbody tr");

        Assert.Equal(["9 March 2026 3 1", "7 March 2026 1 1"], rows.Select(row => string.Join(' ', row.Children.Select(cell => cell.TextContent))));
    }

    [Fact]
    public void Bars_stand_on_the_ground_and_failures_on_the_sign_ins()
    {
        var bars = RenderChart(_days).FindAll("rect");

        Assert.Equal(
            ["1 75 25", "1 50 25", "21 25 75", "21 0 25"],
            bars.Select(bar => $"{bar.GetAttribute("x")} {bar.GetAttribute("y")} {bar.GetAttribute("height")}"));
    }

    [Fact]
    public void Time_runs_as_the_language_is_read()
    {
        Speak("ar");

        Assert.Equal(["21", "21", "1", "1"], RenderChart(_days).FindAll("rect").Select(bar => bar.GetAttribute("x")));
    }

    [Fact]
    public void A_language_with_a_decimal_comma_draws_the_same_bars()
    {
        Speak("de");

        var heights = RenderChart(new SignInDay(new DateOnly(2026, 3, 7), 1, 0), new SignInDay(new DateOnly(2026, 3, 8), 3, 0)).FindAll("rect").Select(bar => bar.GetAttribute("height"));

        Assert.Equal(["33.33", "100"], heights);
    }

    [Fact]
    public void Has_neither_style_nor_script() => Assert.Empty(RenderChart(_days).FindAll("[style], style, script"));

    [Fact]
    public void Is_not_there_when_nothing_happened() => RenderChart(new SignInDay(new DateOnly(2026, 3, 9), 0, 0)).MarkupMatches(string.Empty);

    private IRenderedComponent<SignInChart> RenderChart(params SignInDay[] days) =>
        Render<SignInChart>(parameters => parameters.Add<IReadOnlyList<SignInDay>?>(p => p.Days, days));
}
