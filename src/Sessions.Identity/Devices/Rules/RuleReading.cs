namespace Sessions.Identity.Devices.Rules;

/// <summary>What the rules say of one text. The text is scanned once, however many lists are asked.</summary>
internal sealed class RuleReading
{
    /// <summary>What the rules may cost one text, in steps of the matcher. The commonest user agents take a twentieth of it; of 38,000 odd ones, none took it all.</summary>
    public const int Budget = 24_000;

    /// <summary>What is read of a user agent: as much as its column keeps, so that a stored one is parsed alike.</summary>
    public const int LongestText = 512;

    private readonly RuleBook _book;
    private readonly PatternMatcher _matcher;
    private readonly BitSet _words;
    private readonly BitSet _candidates;

    public RuleReading(RuleBook book, string text)
    {
        _book = book;
        text = text.Length > LongestText ? text[..LongestText] : text;
        _matcher = new PatternMatcher(book.Sets, text, Budget);
        _words = book.Scanner.Scan(text);
        _candidates = book.Candidates(_words);
    }

    /// <summary>How many steps were spent so far.</summary>
    public int StepsSpent => Budget - _matcher.StepsLeft;

    public BrowserRuling? FindBrowser(RuleList list) =>
        Find(list) is { } rule ? new BrowserRuling(Part(rule, 0, 1) ?? BareRules.Other, Part(rule, 1, 2), Part(rule, 2, 3), Part(rule, 3, 4)) : null;

    public SystemRuling? FindSystem(RuleList list) =>
        Find(list) is { } rule
            ? new SystemRuling(Part(rule, 0, 1) ?? BareRules.Other, Part(rule, 1, 2), Part(rule, 2, 3), Part(rule, 3, 4), Part(rule, 4, 5))
            : null;

    public DeviceRuling? FindDevice(RuleList list) =>
        Find(list) is { } rule ? new DeviceRuling(Part(rule, 0, 1) ?? BareRules.Other, Part(rule, 1, 0), Part(rule, 2, 1)) : null;

    /// <summary>The crawler in the text, by the words that its pattern matched, and whether it is rather an HTTP library.</summary>
    public CrawlerRuling? FindCrawler() =>
        Find(RuleList.Crawlers) is { } rule ? new CrawlerRuling(_matcher.Group(0).ToString(), rule.Templates[0] == "tool") : null;

    private PatternRule? Find(RuleList list)
    {
        var range = _book.Of(list);
        for (var number = _candidates.Next(range.Start.Value); number >= 0 && number < range.End.Value; number = _candidates.Next(number + 1))
        {
            var rule = _book.Rules[number];
            if (HasAllWords(rule) && _matcher.TryMatch(rule))
            {
                return rule;
            }
        }

        return null;
    }

    private bool HasAllWords(PatternRule rule)
    {
        for (var index = 1; index < rule.Required.Length; index++)
        {
            if (!_words.ContainsAny(rule.Required[index]))
            {
                return false;
            }
        }

        return true;
    }

    // A replacement where the rule gives one, else the group whose place it is; 0: no group's.
    private string? Part(PatternRule rule, int index, int group)
    {
        var text = rule.Templates[index] is { } template ? RuleTemplate.Fill(template, _matcher)
            : group == 0 ? null
            : _matcher.Group(group).ToString();
        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }
}
