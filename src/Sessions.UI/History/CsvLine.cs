namespace Sessions.UI.History;

/// <summary>A line of a CSV file that a spreadsheet reads as text, whatever somebody typed into a name field.</summary>
internal static class CsvLine
{
    // What a spreadsheet takes for the beginning of a formula, also in full width.
    private const string Starts = "=+-@\t\r\n＝＋－＠";

    public static string Of(IEnumerable<string?> values) => string.Join(',', values.Select(Quoted)) + "\r\n";

    private static string Quoted(string? value) => string.IsNullOrEmpty(value)
        ? string.Empty
        : $"\"{Guarded(value).Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // Where a language separates its lists by semicolons, a spreadsheet may take one within a value for the end of a cell.
    private static string Guarded(string value) => string.Join(';', value.Split(';').Select(part => IsFormula(part) ? $"'{part}" : part));

    // Some programs look past blanks and quotes.
    private static bool IsFormula(string value) => value.TrimStart(' ', '\u00a0', '\u3000', '"') is { Length: > 0 } text && Starts.Contains(text[0]);
}
