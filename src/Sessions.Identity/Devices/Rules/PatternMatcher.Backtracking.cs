namespace Sessions.Identity.Devices.Rules;

/// <summary>The ways that a match can go: which is tried first, what is left to try, and what has failed already.</summary>
internal sealed partial class PatternMatcher
{
    private const int NoCount = -1;
    private Frame[] _stack = new Frame[32];
    private int _depth;
    private ulong[] _failed = new ulong[32];

    /// <summary>Where to go on after a failure.</summary>
    /// <param name="Pc">The instruction, or, below zero, the slot to put back.</param>
    /// <param name="Position">The position, or the slot's value.</param>
    /// <param name="Count">How many characters a repeat takes then, or which of its ways a choice.</param>
    private readonly record struct Frame(int Pc, int Position, int Count);

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

    private bool Split(ushort[] code, ref int pc, int position)
    {
        if (!IsNew(code[pc + 1], position))
        {
            return false;
        }

        Push(new Frame(code[pc + 3], position, NoCount));
        pc = code[pc + 2];
        return true;
    }

    // Takes the next way that can begin with what is here, and leaves a frame for the one after it.
    private bool Choose(ushort[] code, ref int pc, int position, int from)
    {
        var chosen = NextChoice(code, pc, position, from);
        if (chosen < 0)
        {
            return false;
        }

        var next = NextChoice(code, pc, position, chosen + 1);
        if (next >= 0)
        {
            Push(new Frame(pc, position, next));
        }

        pc = code[pc + 4 + 2 * chosen];
        return true;
    }

    private int NextChoice(ushort[] code, int pc, int position, int from)
    {
        int count = code[pc + 2];
        _budget -= (count - from) >> 4;
        for (var choice = from; choice < count; choice++)
        {
            ref readonly var first = ref sets[code[pc + 3 + 2 * choice]];
            if (position < text.Length ? first.Contains(text[position]) : first.IsAll)
            {
                return choice;
            }
        }

        return -1;
    }

    private bool Repeat(ushort[] code, ref int pc, ref int position)
    {
        var (fewest, most, lazy) = (code[pc + 3], code[pc + 4], code[pc + 5] != 0);
        if (!IsNew(code[pc + 1], position))
        {
            return false;
        }

        var count = CountRun(in sets[code[pc + 2]], position, lazy ? fewest : most);
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

            if (frame.Count != NoCount && (RuleOp)code[frame.Pc] == RuleOp.Repeat)
            {
                return GoOn(code, ref pc, ref position);
            }

            (pc, position) = (frame.Pc, frame.Position);
            _depth--;
            return frame.Count == NoCount || Choose(code, ref pc, position, frame.Count);
        }

        return false;
    }

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
