using System.Globalization;
using System.Runtime;
using System.Runtime.InteropServices;

namespace Sessions.Benchmarks.Load;

/// <summary>The result as a small table, in Markdown.</summary>
internal static class Report
{
    public static void Surroundings(LoadOptions options)
    {
        var collector = GCSettings.IsServerGC ? "server" : "workstation";
        Write($"{Environment.ProcessorCount} cores shared by app, database and load generator · {RuntimeInformation.FrameworkDescription} · {RuntimeInformation.OSArchitecture} · {collector} GC");
        Write($"{options.Connections} connections · medians of {options.Rounds} interleaved rounds of {options.Seconds} s after {options.WarmUpSeconds} s of warm-up");
    }

    /// <returns>Whether all that is required was reached.</returns>
    public static bool Of(Comparison comparison)
    {
        var database = comparison.Provider == Provider.Sqlite ? "SQLite" : "PostgreSQL";
        Console.WriteLine();
        Write($"| {database} | requests/s | CPU µs/request |");
        Write($"|---|---:|---:|");
        Row("(a) stock Identity", comparison.Of(Variant.Stock));
        Row("(b) with AddSessions()", comparison.Of(Variant.Sessions));
        Row("(c) stock, ValidationInterval = 0", comparison.Of(Variant.StockAtEveryRequest));
        Console.WriteLine();
        Write($"| {database} | median | min - max | required | |");
        Write($"|---|---:|---:|---:|---|");
        var isReached = Ratio("b/a", comparison.Ratio(Variant.Sessions, Variant.Stock), Requirements.OfStock(comparison.Provider))
            & Ratio("b/c", comparison.Ratio(Variant.Sessions, Variant.StockAtEveryRequest), Requirements.OfEveryRequest);
        Console.WriteLine();
        Write($"Checks that got no answer, so that their requests passed: {comparison.Failures}");
        return isReached;
    }

    private static void Row(string name, IReadOnlyList<Sample> samples) => Write(
        $"| {name} | {Spread.Of(samples.Select(sample => sample.RequestsPerSecond)).Median:N0} | {Spread.Of(samples.Select(sample => sample.ProcessorMicrosecondsPerRequest)).Median:N0} |");

    private static bool Ratio(string name, Spread ratio, double required)
    {
        var isReached = ratio.Median >= required;
        Write($"| {name} | {ratio.Median:0.00} | {ratio.Least:0.00} - {ratio.Most:0.00} | {required:0.00} | {(isReached ? "reached" : "MISSED")} |");
        return isReached;
    }

    private static void Write(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
