namespace Sessions.Identity.Devices.Rules;

/// <summary>Matches compiled patterns against one text, with the results of an ordinary backtracking engine in bounded time.</summary>
/// <remarks>
/// It remembers where a branch has failed and never tries it there again, so the work grows with the text and the pattern but never
/// explodes; and all patterns together share one budget of steps, so that no text can cost more than that.
/// </remarks>
internal sealed class PatternMatcher(CharSet[] sets, string text, int budget)
{
    private const int MostSlots = 2 * 10;
    private const int NoRepeat = -1;
    private readonly int[] _slots = new int[MostSlots];
    private Frame[] _stack = new Frame[32];
    private int _depth;
    private ulong[] _failed = new ulong[32];
    private int _budget = budget;

    /// <summary>Whether the budget was used up, so that what follows matches nothing.</summary>
    public bool IsExhausted => _budget <= 0;

    /// <summary>What is left of the budget.</summary>
    public int StepsLeft => _budget;

    /// <summary>Where to go on after a failure.</summary>
    /// <param name="Pc">The instruction, or, below zero, the slot to put back.</param>
    /// <param name="Position">The position, or the slot's value.</param>
    /// <param name="Count">How many characters a repeat takes then, or none for another branch.</param>
    private readonly record struct Frame(int Pc, int Position, int Count);

    public bool TryMatch(PatternRule rule)
    {
        Forget(rule.Branches);
        var last = rule.IsAnchored ? 0 : text.Length;
        for (var start = 0; start <= last && !IsExhausted; start++)
        {
            var canStart = start < text.Length ? rule.First.Contains(text[start]) : rule.First.IsAll;
            if (canStart && MatchAt(rule.Code, start))
            {
                return true;
            }
        }

        _budget -= text.Length >> 3;
        return false;
    }

    /// <summary>What a group of the last match took; group 0 is the whole match.</summary>
    public ReadOnlySpan<char> Group(int number)
    {
        var (start, end) = (_slots[2 * number], _slots[2 * number + 1]);
        return start < 0 || end < start ? [] : text.AsSpan(start, end - start);
    }

    private void Forget(int branches)
    {
        var cells = (branches * (text.Length + 1) + 63) >> 6;
        if (_failed.Length < cells)
        {
            _failed = new ulong[cells];
        }
        else
        {
            _failed.AsSpan(0, cells).Clear();
        }
    }

    private bool MatchAt(ushort[] code, int start)
    {
        Array.Fill(_slots, -1);
        _depth = 0;
        var (pc, position) = (0, start);
        while (--_budget > 0)
        {
            if ((RuleOp)code[pc] == RuleOp.Match)
            {
                return true;
            }

            if (!Step(code, ref pc, ref position) && !GoBack(code, ref pc, ref position))
            {
                return false;
            }
        }

        return false;
    }

    private bool Step(ushort[] code, ref int pc, ref int position)
    {
        switch ((RuleOp)code[pc])
        {
            case RuleOp.Char:
                if (position == text.Length || text[position] != code[pc + 1])
                {
                    return false;
                }

                (pc, position) = (pc + 2, position + 1);
                return true;
            case RuleOp.Set:
                if (position == text.Length || !sets[code[pc + 1]].Contains(text[position]))
                {
                    return false;
                }

                (pc, position) = (pc + 2, position + 1);
                return true;
            case RuleOp.Split:
                return Split(code, ref pc, position);
            case RuleOp.Repeat:
                return Repeat(code, ref pc, ref position);
            case RuleOp.Jump:
                pc = code[pc + 1];
                return true;
            case RuleOp.Save:
                Save(code[pc + 1], position);
                pc += 2;
                return true;
            default:
                return Assert((RuleOp)code[pc++], position);
        }
    }

    private bool Split(ushort[] code, ref int pc, int position)
    {
        if (!IsNew(code[pc + 1], position))
        {
            return false;
        }

        Push(new Frame(code[pc + 3], position, NoRepeat));
        pc = code[pc + 2];
        return true;
    }

    private bool Repeat(ushort[] code, ref int pc, ref int position)
    {
        var (fewest, most, lazy) = (code[pc + 3], code[pc + 4], code[pc + 5] != 0);
        if (!IsNew(code[pc + 1], position))
        {
            return false;
        }

        var count = CountRun(sets[code[pc + 2]], position, lazy ? fewest : most);
        _budget -= count >> 2;
        if (count < fewest)
        {
            return false;
        }

        Push(new Frame(pc, position, count));
        return GoOn(code, ref pc, ref position);
    }

    // Takes the last frame, which is a repeat, on with its count, and leaves a frame for the next count.
    private bool GoOn(ushort[] code, ref int pc, ref int position)
    {
        var (repeat, start, count) = _stack[--_depth];
        var (fewest, most, lazy) = (code[repeat + 3], code[repeat + 4], code[repeat + 5] != 0);
        if (lazy)
        {
            var end = start + count;
            if (count < most && end < text.Length && sets[code[repeat + 2]].Contains(text[end]))
            {
                Push(new Frame(repeat, start, count + 1));
            }
        }
        else if (count > fewest)
        {
            Push(new Frame(repeat, start, count - 1));
        }

        (pc, position) = (repeat + 6, start + count);
        return true;
    }

    private bool GoBack(ushort[] code, ref int pc, ref int position)
    {
        while (_depth > 0)
        {
            var frame = _stack[_depth - 1];
            if (frame.Pc < 0)
            {
                _slots[~frame.Pc] = frame.Position;
                _depth--;
                continue;
            }

            if ((RuleOp)code[frame.Pc] == RuleOp.Repeat && frame.Count != NoRepeat)
            {
                return GoOn(code, ref pc, ref position);
            }

            (pc, position) = (frame.Pc, frame.Position);
            _depth--;
            return true;
        }

        return false;
    }

    private int CountRun(CharSet set, int position, int most)
    {
        var end = (int)Math.Min(text.Length, position + (long)most);
        var at = position;
        while (at < end && set.Contains(text[at]))
        {
            at++;
        }

        return at - position;
    }

    private void Save(int slot, int position)
    {
        // With nothing to go back to, nothing need be put back.
        if (_depth > 0)
        {
            Push(new Frame(~slot, _slots[slot], NoRepeat));
        }

        _slots[slot] = position;
    }

    private bool Assert(RuleOp assertion, int position) => assertion switch
    {
        RuleOp.Begin => position == 0,
        RuleOp.End => position == text.Length,
        _ => IsWord(position - 1) != IsWord(position),
    };

    private bool IsWord(int position) =>
        (uint)position < (uint)text.Length && (char.IsAsciiLetterOrDigit(text[position]) || text[position] == '_');

    private bool IsNew(int branch, int position)
    {
        var bit = branch * (text.Length + 1) + position;
        ref var cell = ref _failed[bit >> 6];
        if ((cell >> bit & 1) != 0)
        {
            return false;
        }

        cell |= 1UL << bit;
        return true;
    }

    private void Push(Frame frame)
    {
        if (_depth == _stack.Length)
        {
            Array.Resize(ref _stack, 2 * _depth);
        }

        _stack[_depth++] = frame;
    }
}
