using Sessions.Identity.Devices.Rules;

namespace Sessions.RuleCompiler;

/// <summary>Turns a pattern into the instructions of the matcher.</summary>
internal sealed class ProgramEmitter(Func<CharSet, ushort> setNumber)
{
    private readonly List<ushort> _code = [];
    private ushort _branches;

    public (ushort[] Code, ushort Branches) Emit(RegexNode pattern)
    {
        EmitNode(new Capture(0, pattern));
        Add(RuleOp.Match);
        return ([.. _code], _branches);
    }

    private void EmitNode(RegexNode node)
    {
        switch (node)
        {
            case OneOf one:
                EmitCharacter(one.Set);
                break;
            case Sequence sequence:
                foreach (var part in sequence.Parts)
                {
                    EmitNode(part);
                }

                break;
            case Capture capture:
                Add(RuleOp.Save, (ushort)(2 * capture.Group));
                EmitNode(capture.Inner);
                Add(RuleOp.Save, (ushort)(2 * capture.Group + 1));
                break;
            case Assertion assertion:
                Add(assertion.Kind switch { AssertionKind.Begin => RuleOp.Begin, AssertionKind.End => RuleOp.End, _ => RuleOp.WordBoundary });
                break;
            case Alternatives alternatives:
                EmitAlternatives(alternatives.Choices);
                break;
            case Repeated repeated:
                EmitRepeated(repeated);
                break;
        }
    }

    private void EmitCharacter(CharSet set)
    {
        var members = set.BeyondAscii ? [] : set.AsciiMembers().Take(2).ToArray();
        if (members.Length == 1)
        {
            Add(RuleOp.Char, members[0]);
        }
        else
        {
            Add(RuleOp.Set, setNumber(set));
        }
    }

    private void EmitAlternatives(IReadOnlyList<RegexNode> choices)
    {
        var at = _code.Count;
        Add(RuleOp.Choose, _branches++, (ushort)choices.Count);
        _code.AddRange(choices.SelectMany(choice => new ushort[] { setNumber(FirstCharacters.Of(choice)), 0 }));

        var jumps = new List<int>();
        for (var index = 0; index < choices.Count; index++)
        {
            _code[at + 4 + 2 * index] = (ushort)_code.Count;
            EmitNode(choices[index]);
            jumps.Add(_code.Count + 1);
            Add(RuleOp.Jump, 0);
        }

        foreach (var jump in jumps)
        {
            _code[jump] = (ushort)_code.Count;
        }
    }

    private void EmitRepeated(Repeated repeated)
    {
        if (repeated.Inner is OneOf one && repeated.Most is { } most && most > 1)
        {
            Add(RuleOp.Repeat, _branches++, setNumber(one.Set), (ushort)repeated.Fewest, (ushort)most, (ushort)(repeated.Lazy ? 1 : 0));
            return;
        }

        for (var count = 0; count < repeated.Fewest; count++)
        {
            EmitNode(repeated.Inner);
        }

        if (repeated.Most is null)
        {
            EmitLoop(repeated);
            return;
        }

        var splits = new List<int>();
        for (var count = repeated.Fewest; count < repeated.Most; count++)
        {
            splits.Add(AddSplit());
            EmitNode(repeated.Inner);
        }

        foreach (var split in splits)
        {
            SetWayOut(split, repeated.Lazy);
        }
    }

    private void EmitLoop(Repeated repeated)
    {
        var split = AddSplit();
        EmitNode(repeated.Inner);
        Add(RuleOp.Jump, (ushort)split);
        SetWayOut(split, repeated.Lazy);
    }

    // A split goes on right behind itself first, until it is told otherwise.
    private int AddSplit()
    {
        var at = _code.Count;
        Add(RuleOp.Split, _branches++, (ushort)(at + 4), 0);
        return at;
    }

    private void SetWayOut(int split, bool first)
    {
        var (inside, outside) = ((ushort)(split + 4), (ushort)_code.Count);
        (_code[split + 2], _code[split + 3]) = first ? (outside, inside) : (inside, outside);
    }

    private void Add(RuleOp op, params ReadOnlySpan<ushort> operands)
    {
        _code.Add((ushort)op);
        _code.AddRange(operands);
    }
}
