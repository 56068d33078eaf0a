namespace Sessions.RuleCompiler;

/// <summary>A pattern, taken apart.</summary>
internal abstract record RegexNode;

internal sealed record OneOf(CharSet Set) : RegexNode;

internal sealed record Sequence(IReadOnlyList<RegexNode> Parts) : RegexNode;

internal sealed record Alternatives(IReadOnlyList<RegexNode> Choices) : RegexNode;

internal sealed record Capture(int Group, RegexNode Inner) : RegexNode;

internal sealed record Repeated(RegexNode Inner, int Fewest, int? Most, bool Lazy) : RegexNode;

internal sealed record Assertion(AssertionKind Kind) : RegexNode;

internal enum AssertionKind
{
    Begin,
    End,
    WordBoundary,
}
