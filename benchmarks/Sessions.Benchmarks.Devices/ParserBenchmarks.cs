using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.Options;
using Sessions.Identity;
using Sessions.Identity.Devices;
using Sessions.Identity.Devices.Rules;

namespace Sessions.Benchmarks.Devices;

/// <summary>The whole parser: a user agent that was never seen, one that was, and eight kilobytes of an attacker's.</summary>
[MemoryDiagnoser]
public class ParserBenchmarks
{
    private static readonly Dictionary<string, string> _noHeaders = [];
    private readonly string[] _userAgents = UserAgents.Read();
    private readonly UserAgentParser _parser = new(Options.Create(new UserSessionOptions()));

    // The costliest shapes that we know of: they nearly match many rules, over and over again.
    private readonly string[] _attacks = [.. new[] { "HTC ", "SmartWatch(  ", "Android 4.4; en-us; ", "bot " }.Select(shape => string.Concat(Enumerable.Repeat(shape, 8192 / shape.Length)))];

    [Benchmark(Baseline = true, OperationsPerInvoke = UserAgents.Count)]
    public int Unseen() => _userAgents.Sum(userAgent => Parse(userAgent).DeviceType.Length);

    [Benchmark(OperationsPerInvoke = UserAgents.Count)]
    public int Cached() => _userAgents.Sum(userAgent => _parser.Parse(userAgent, _noHeaders).DeviceType.Length);

    [Benchmark(OperationsPerInvoke = 4)]
    public int Attack() => _attacks.Sum(userAgent => Parse(userAgent).DeviceType.Length);

    // What the parser does beside its cache.
    private static DeviceInfo Parse(string userAgent) =>
        DeviceReader.Read(new DeviceClues(RuleBook.Embedded, userAgent[..Math.Min(userAgent.Length, RuleReading.LongestText)], _noHeaders, []));
}
