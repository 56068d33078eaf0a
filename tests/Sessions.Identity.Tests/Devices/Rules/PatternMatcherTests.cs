extern alias compiler;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Sessions.Identity.Devices.Rules;
using Rule = compiler::Sessions.RuleCompiler.Rule;

namespace Sessions.Identity.Tests.Devices.Rules;

public sealed class PatternMatcherTests
{
    private const int Plenty = 100_000_000;

    [Fact]
    public void Every_rule_matches_what_dotnets_own_engine_matches_group_by_group()
    {
        var texts = UserAgentGenerator.Texts.Where(IsPlain).Sample(12, 60)
            .Concat(File.ReadLines(Path.Combine(Repository.Folder, "tests", "Sessions.Identity.Tests", "Devices", "common-user-agents.txt")).Select(line => line.Split('\t')[1]).Where((_, index) => index % 10 == 0))
            .ToArray();

        for (var number = 0; number < RuleSources.Sources.Length; number++)
        {
            var regex = ToRegex(RuleSources.Sources[number]);
            foreach (var text in texts)
            {
                Assert.Equal(Expected(regex, text), Actual(RuleSources.Book.Rules[number], text));
            }
        }
    }

    [Fact]
    public void The_prefilter_leaves_no_rule_out_that_matches()
    {
        foreach (var text in UserAgentGenerator.Texts.Sample(12, 200))
        {
            var candidates = RuleSources.Book.Candidates(RuleSources.Book.Scanner.Scan(text));
            var matcher = new PatternMatcher(RuleSources.Book.Sets, text, Plenty);

            var left = Enumerable.Range(0, RuleSources.Book.Rules.Length)
                .Where(number => !candidates.Contains(number) && matcher.TryMatch(RuleSources.Book.Rules[number]));

            Assert.Empty(left);
        }
    }

    [Fact]
    public void The_embedded_book_is_what_the_pinned_packages_give()
    {
        Assert.Equal(RuleSources.Book.Rules.Length, RuleBook.Embedded.Rules.Length);
        Assert.All(RuleSources.Book.Rules.Zip(RuleBook.Embedded.Rules), pair => Assert.Equal(pair.First.Code, pair.Second.Code));
    }

    [Fact]
    public void No_text_costs_more_than_the_budget() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(UserAgentGenerator.LongTexts.ToArbitrary(), text =>
        {
            var reading = new RuleReading(RuleBook.Embedded, text);
            _ = (reading.FindBrowser(RuleList.Browsers), reading.FindSystem(RuleList.Systems), reading.FindDevice(RuleList.Devices), reading.FindCrawler());

            // The last step may be a long one.
            return reading.StepsSpent <= RuleReading.Budget + 2 * RuleReading.LongestText;
        }));

    [Fact]
    public void An_honest_user_agent_never_comes_near_the_budget()
    {
        var spent = File.ReadLines(Path.Combine(Repository.Folder, "tests", "Sessions.Identity.Tests", "Devices", "common-user-agents.txt")).Select(line => new RuleReading(RuleBook.Embedded, line.Split('\t')[1])).Select(reading =>
        {
            _ = (reading.FindBrowser(RuleList.Browsers), reading.FindSystem(RuleList.Systems), reading.FindDevice(RuleList.Devices), reading.FindCrawler());
            return reading.StepsSpent;
        });

        Assert.True(spent.Max() < RuleReading.Budget / 8);
    }

    private static Regex ToRegex(Rule rule) =>
        new(rule.Pattern, RegexOptions.CultureInvariant | (rule.IgnoreCase ? RegexOptions.IgnoreCase : RegexOptions.None));

    private static string[]? Expected(Regex regex, string text) =>
        regex.Match(text) is { Success: true } match ? [.. Enumerable.Range(0, 10).Select(group => match.Groups[group].Value)] : null;

    private static string[]? Actual(PatternRule rule, string text)
    {
        var matcher = new PatternMatcher(RuleSources.Book.Sets, text, Plenty);
        return matcher.TryMatch(rule) ? [.. Enumerable.Range(0, 10).Select(group => matcher.Group(group).ToString())] : null;
    }

    // Beyond ASCII, \w and the like differ by design.
    private static bool IsPlain(string text) => text.All(char.IsAscii);
}
