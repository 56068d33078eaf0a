using System.Globalization;

namespace Sessions.Benchmarks.Connections;

/// <summary>Prints the result as small tables, in Markdown.</summary>
internal static class Say
{
    public static void Line(FormattableString text) => Console.WriteLine(Text(text));

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    public static string Of(bool isReached) => isReached ? "reached" : "MISSED";
}
