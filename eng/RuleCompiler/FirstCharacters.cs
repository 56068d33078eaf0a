namespace Sessions.RuleCompiler;

/// <summary>With which characters a match can begin: where none of them is, the matcher need not start.</summary>
internal static class FirstCharacters
{
    public static CharSet Of(RegexNode pattern)
    {
        var (set, canBeEmpty) = Look(pattern);
        return canBeEmpty ? CharSet.All : set;
    }

    private static (CharSet Set, bool CanBeEmpty) Look(RegexNode node)
    {
        switch (node)
        {
            case OneOf one:
                return (one.Set, false);
            case Capture capture:
                return Look(capture.Inner);
            case Repeated repeated:
                var (inner, empty) = Look(repeated.Inner);
                return (inner, empty || repeated.Fewest == 0);
            case Alternatives alternatives:
                var looks = alternatives.Choices.Select(Look).ToArray();
                return (looks.Aggregate(CharSet.None, (set, look) => set | look.Set), looks.Any(look => look.CanBeEmpty));
            case Sequence sequence:
                var first = CharSet.None;
                foreach (var part in sequence.Parts)
                {
                    var (set, canBeEmpty) = Look(part);
                    first |= set;
                    if (!canBeEmpty)
                    {
                        return (first, false);
                    }
                }

                return (first, true);
            default:
                return (CharSet.None, true);
        }
    }
}
