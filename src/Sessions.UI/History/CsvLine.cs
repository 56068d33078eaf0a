namespace Sessions.UI.History;

/// <summary>A line of a CSV file that a spreadsheet reads as text, whatever somebody typed into a name field.</summary>
internal static class CsvLine
{
    // What a spreadsheet takes for the beginning of a formula, also in full width.
    private const string Starts = "=+-@\t\r\n＝＋－＠";

    public static string Of(IEnumerable<string?> values) => string.Join(',', values.Select(Quoted)) + "\r\n";

    private static string Quoted(string? value) => string.IsNullOrEmpty(value)
        ? string.Empty
        : $"\"{(IsFormula(value) ? "'" : string.Empty)}{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // Some programs look past blanks and quotes.
    private static bool IsFormula(string value) => value.TrimStart(' ', '\u00a0', '\u3000', '"') is { Length: > 0 } text && Starts.Contains(text[0]);
}
