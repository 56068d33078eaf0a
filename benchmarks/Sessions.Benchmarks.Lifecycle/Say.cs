using System.Globalization;

namespace Sessions.Benchmarks.Lifecycle;

internal static class Say
{
    public static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    public static string Of(Spread ratio) => string.Create(CultureInfo.InvariantCulture, $"× {ratio.Median:0.000} ({ratio.Least:0.00} - {ratio.Most:0.00})");
}
