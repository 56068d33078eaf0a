using Sessions.UI.History;

namespace Sessions.UI.Tests.History;

public sealed class CsvLineTests
{
    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("  =1", "\"'  =1\"")]
    [InlineData("\"=1", "\"'\"\"=1\"")]
    [InlineData("＝1", "\"'＝1\"")]
    [InlineData("X;=1;\"@A", "\"X;'=1;'\"\"@A\"")]
    public void What_a_spreadsheet_would_calculate_is_text(string value, string field) => Assert.Equal(field + "\r\n", CsvLine.Of([value]));

    [Theory]
    [InlineData("ann@example.com", "\"ann@example.com\"")]
    [InlineData("a;b; c", "\"a;b; c\"")]
    [InlineData("a,b\nc", "\"a,b\nc\"")]
    [InlineData("2026-03-09", "\"2026-03-09\"")]
    public void Everything_else_stays_as_it_is(string value, string field) => Assert.Equal(field + "\r\n", CsvLine.Of([value]));

    [Fact]
    public void Nothing_is_an_empty_field() => Assert.Equal(",\"a\",\r\n", CsvLine.Of([null, "a", string.Empty]));
}
