namespace Sessions.Identity.Devices.Rules;

/// <summary>All rules, ready to use. Immutable, so that any number of threads may read it at once.</summary>
internal sealed class RuleBook
{
    private static readonly Lazy<RuleBook> _embedded = new(RuleBookReader.ReadEmbedded);
    private readonly int[] _starts;
    private readonly ushort[][] _calledUpBy;
    private readonly ushort[] _always;

    public RuleBook(CharSet[] sets, string[] words, PatternRule[] rules, int[] starts)
    {
        Sets = sets;
        Rules = rules;
        Scanner = new WordScanner(words);
        _starts = starts;
        _always = [.. Numbers(rules).Where(number => rules[number].Required.Length == 0)];

        var calledUp = Numbers(rules)
            .SelectMany(number => rules[number].Required.Take(1).SelectMany(wanted => wanted).Select(word => (Word: word, Rule: number)))
            .ToLookup(call => call.Word, call => call.Rule);
        _calledUpBy = [.. words.Select((_, word) => calledUp[(ushort)word].ToArray())];
    }

    /// <summary>The rules in this package, read when they are first needed: never at the start of an app.</summary>
    public static RuleBook Embedded => _embedded.Value;

    public CharSet[] Sets { get; }

    public PatternRule[] Rules { get; }

    public WordScanner Scanner { get; }

    /// <summary>The numbers of a list's rules, in their order.</summary>
    public Range Of(RuleList list) => _starts[(int)list].._starts[(int)list + 1];

    /// <summary>Calls up the rules that can match a text with these words in it. Most can't.</summary>
    public BitSet Candidates(BitSet words)
    {
        var candidates = new BitSet(Rules.Length);
        candidates.AddAll(_always);
        for (var word = words.Next(0); word >= 0; word = words.Next(word + 1))
        {
            candidates.AddAll(_calledUpBy[word]);
        }

        return candidates;
    }

    private static IEnumerable<ushort> Numbers(PatternRule[] rules) => Enumerable.Range(0, rules.Length).Select(number => (ushort)number);
}
