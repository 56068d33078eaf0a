using System.Text.Json;
using Microsoft.Extensions.Options;
using Sessions.Identity;
using Sessions.Identity.Devices;

namespace Sessions.DeviceChecks;

/// <summary>Compares the device class with what the npm package user-agents knows of each user agent: its category and platform.</summary>
internal static class Accuracy
{
    private sealed record Sample(string UserAgent, string Category, string Platform);

    public static int Run(string file)
    {
        var parser = new UserAgentParser(Options.Create(new UserSessionOptions()));
        var samples = Read(file);
        Console.WriteLine("| category | platform | user agents | same class |\n|---|---|---|---|");
        foreach (var stratum in samples.GroupBy(sample => (sample.Category, sample.Platform)).OrderByDescending(group => group.Count()))
        {
            Console.WriteLine($"| {stratum.Key.Category} | {stratum.Key.Platform} | {stratum.Count()} | {Share(stratum, sample => Agrees(parser, sample))} |");
        }

        Console.WriteLine($"| all | | {samples.Length} | {Share(samples, sample => Agrees(parser, sample))} |");
        foreach (var wrong in samples.Where(sample => !Agrees(parser, sample)).DistinctBy(sample => sample.UserAgent).Take(20))
        {
            Console.Error.WriteLine($"{wrong.Category} {wrong.Platform}: {wrong.UserAgent} -> {parser.Parse(wrong.UserAgent, NoHeaders).DeviceType}");
        }

        return 0;
    }

    private static IReadOnlyDictionary<string, string> NoHeaders { get; } = new Dictionary<string, string>();

    private static Sample[] Read(string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        return [.. json.RootElement.EnumerateArray().Select(entry => new Sample(
            entry.GetProperty("userAgent").GetString()!, entry.GetProperty("deviceCategory").GetString()!, entry.GetProperty("platform").GetString()!))];
    }

    private static bool Agrees(UserAgentParser parser, Sample sample)
    {
        var expected = sample.Category == "mobile" ? DeviceType.Smartphone : sample.Category;
        return parser.Parse(sample.UserAgent, NoHeaders).DeviceType == expected;
    }

    private static string Share(IEnumerable<Sample> samples, Func<Sample, bool> agrees)
    {
        var all = samples.ToArray();
        return $"{100.0 * all.Count(agrees) / all.Length:F1} %";
    }
}
