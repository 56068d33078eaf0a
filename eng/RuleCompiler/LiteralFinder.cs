using System.Collections.Immutable;

namespace Sessions.RuleCompiler;

/// <summary>Finds what must be in a text for a pattern to match it: sets of words in lower case, of each of which one must be there.</summary>
internal static class LiteralFinder
{
    private const int MostWords = 24;
    private const int LongestWord = 24;
    private const int ShortestWord = 2;
    private const int EnoughOfWord = 8;

    /// <param name="Exact">All that the node can match, where that is a short list.</param>
    /// <param name="Required">Of each set, one word must be in the text.</param>
    private sealed record Finding(ImmutableHashSet<string>? Exact, ImmutableList<ImmutableHashSet<string>> Required);

    private static readonly Finding _nothing = new(null, []);

    public static IReadOnlyList<ImmutableHashSet<string>> RequiredBy(RegexNode pattern) =>
        [.. Flush(Find(pattern)).Where(words => words.All(word => word.Length >= ShortestWord)).Select(Shorten)];

    // The start of a word tells nearly as much as the whole of it, and the scanner stays small.
    private static ImmutableHashSet<string> Shorten(ImmutableHashSet<string> words) => [.. words.Select(word => word[..Math.Min(word.Length, EnoughOfWord)])];

    private static Finding Find(RegexNode node) => node switch
    {
        OneOf one => FindCharacter(one.Set),
        Sequence sequence => FindSequence(sequence),
        Alternatives alternatives => FindAlternatives(alternatives),
        Capture capture => Find(capture.Inner),
        Repeated { Fewest: 0, Most: 1 } optional => WithNothing(Find(optional.Inner)),
        Repeated { Fewest: > 0 } repeated => new Finding(null, Flush(Find(repeated.Inner))),
        Assertion => new Finding([""], []),
        _ => _nothing,
    };

    private static Finding FindCharacter(CharSet set)
    {
        var members = set.BeyondAscii ? [] : set.AsciiMembers().Select(char.ToLowerInvariant).Distinct().Take(5).ToArray();
        return members.Length is > 0 and < 5 ? new Finding([.. members.Select(member => member.ToString())], []) : _nothing;
    }

    private static Finding FindSequence(Sequence sequence)
    {
        var exact = ImmutableHashSet.Create("");
        var required = ImmutableList<ImmutableHashSet<string>>.Empty;
        var whole = true;
        foreach (var finding in sequence.Parts.Select(Find))
        {
            if (finding.Exact is { } words && exact.Count * words.Count <= MostWords && Longest(exact) + Longest(words) <= LongestWord)
            {
                exact = [.. exact.SelectMany(start => words.Select(end => start + end))];
                continue;
            }

            // What was read so far must be there; a new run begins with this part, or behind it.
            whole = false;
            required = required.Add(exact).AddRange(finding.Required);
            exact = finding.Exact ?? [""];
        }

        return whole ? new Finding(exact, []) : new Finding(null, required.Add(exact));
    }

    private static Finding FindAlternatives(Alternatives alternatives)
    {
        var findings = alternatives.Choices.Select(Find).ToArray();
        if (findings.All(finding => finding.Exact is not null))
        {
            var all = findings.SelectMany(finding => finding.Exact!).ToImmutableHashSet();
            return all.Count <= MostWords ? new Finding(all, []) : new Finding(null, [all]);
        }

        var best = findings.Select(finding => Flush(finding).MaxBy(words => words.Min(word => word.Length))).ToArray();
        return best.Any(words => words is null) ? _nothing : new Finding(null, [[.. best.SelectMany(words => words!)]]);
    }

    private static Finding WithNothing(Finding finding) => finding.Exact is { } exact ? new Finding(exact.Add(""), []) : _nothing;

    private static ImmutableList<ImmutableHashSet<string>> Flush(Finding finding) =>
        (finding.Exact is { } exact ? finding.Required.Add(exact) : finding.Required).RemoveAll(words => words.Contains(""));

    private static int Longest(ImmutableHashSet<string> words) => words.Max(word => word.Length);
}
