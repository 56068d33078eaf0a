using BenchmarkDotNet.Attributes;
using Sessions.Identity.Devices.Rules;

namespace Sessions.Benchmarks.Devices;

/// <summary>uap-core's rules on a user agent that was never seen: called up by the prefilter, and tried in order. The same rules, the same engine.</summary>
[MemoryDiagnoser]
public class RulesBenchmarks
{
    private static readonly RuleList[] _lists = [RuleList.Browsers, RuleList.Systems, RuleList.Devices];
    private readonly string[] _userAgents = UserAgents.Read();
    private readonly RuleBook _book = RuleBook.Embedded;

    [Benchmark(Baseline = true, OperationsPerInvoke = UserAgents.Count)]
    public int InOrder()
    {
        var found = 0;
        foreach (var userAgent in _userAgents)
        {
            var matcher = new PatternMatcher(_book.Sets, userAgent, int.MaxValue);
            foreach (var list in _lists)
            {
                found += FindInOrder(matcher, list);
            }
        }

        return found;
    }

    [Benchmark(OperationsPerInvoke = UserAgents.Count)]
    public int Prefiltered()
    {
        var found = 0;
        foreach (var userAgent in _userAgents)
        {
            found += BareRules.Read(_book, userAgent).Browser.Family.Length;
        }

        return found;
    }

    [Benchmark]
    public object LoadRules() => RuleBookReader.ReadEmbedded();

    private int FindInOrder(PatternMatcher matcher, RuleList list)
    {
        foreach (var rule in _book.Rules[_book.Of(list)])
        {
            if (matcher.TryMatch(rule))
            {
                return 1;
            }
        }

        return 0;
    }
}
