using Sessions.Identity.Stores;

namespace Sessions.Identity.Tests;

public sealed class HistoryCursorTests
{
    [Fact]
    public void A_cursor_comes_back_as_it_was()
    {
        var cursor = new HistoryCursor(new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero).AddTicks(7), Guid.Parse("01a20c2e-d233-7a2b-97ac-01af5f90baea"));

        Assert.Equal(cursor, HistoryCursor.Parse(cursor.ToString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("%00%ff")]
    [InlineData("OTk5OTk5OTk5OTk5OTk5OTk5OS5hYmM")]
    [InlineData("LTEuMDFhMjBjMmVkMjMzN2EyYjk3YWMwMWFmNWY5MGJhZWE")]
    public void Anything_else_is_none(string? text) => Assert.Null(HistoryCursor.Parse(text));

    [Fact]
    public void A_long_text_is_none() => Assert.Null(HistoryCursor.Parse(new string('A', 100_000)));
}
