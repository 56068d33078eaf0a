using System.Collections.Immutable;

namespace Sessions.RuleCompiler;

/// <summary>How well a set of words tells a rule's user agents from everybody's: the rarer and longer, the better.</summary>
internal static class Rarity
{
    // One of each sort that most traffic is made of.
    private static readonly string[] _everyday =
    [
        "mozilla/5.0 (windows nt 10.0; win64; x64) applewebkit/537.36 (khtml, like gecko) chrome/142.0.0.0 safari/537.36 edg/142.0.0.0",
        "mozilla/5.0 (linux; android 10; k) applewebkit/537.36 (khtml, like gecko) chrome/142.0.0.0 mobile safari/537.36",
        "mozilla/5.0 (iphone; cpu iphone os 18_5 like mac os x) applewebkit/605.1.15 (khtml, like gecko) version/18.5 mobile/15e148 safari/604.1",
        "mozilla/5.0 (macintosh; intel mac os x 10_15_7) applewebkit/605.1.15 (khtml, like gecko) version/18.5 safari/605.1.15",
        "mozilla/5.0 (x11; linux x86_64; rv:142.0) gecko/20100101 firefox/142.0",
        "mozilla/5.0 (linux; android 14; sm-s911b build/up1a.231005.007; wv) applewebkit/537.36 (khtml, like gecko) version/4.0 chrome/125.0.0.0 mobile safari/537.36",
    ];

    public static int Score(ImmutableHashSet<string> words) =>
        Math.Min(words.Min(word => word.Length), 8) - 10 * _everyday.Count(text => words.Any(text.Contains));
}
