using System.Runtime.CompilerServices;

namespace Sessions.Identity.Devices.Rules;

/// <summary>Matches compiled patterns against one text, with the results of an ordinary backtracking engine in bounded time.</summary>
/// <remarks>
/// It remembers where a branch has failed and never tries it there again, so the work grows with the text and the pattern but never
/// explodes; and all patterns together share one budget of steps, so that no text can cost more than that.
/// </remarks>
internal sealed partial class PatternMatcher(CharSet[] sets, string text, int budget)
{
    private const int MostSlots = 2 * 10;
    private readonly int[] _slots = new int[MostSlots];
    private int _budget = budget;

    /// <summary>Whether the budget was used up, so that what follows matches nothing.</summary>
    public bool IsExhausted => _budget <= 0;

    /// <summary>What is left of the budget.</summary>
    public int StepsLeft => _budget;

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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
            case RuleOp.Choose:
                return IsNew(code[pc + 1], position) && Choose(code, ref pc, position, 0);
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

    private int CountRun(in CharSet set, int position, int most)
    {
        var run = text.AsSpan(position);
        run = run.Length > most ? run[..most] : run;
        var count = 0;
        foreach (var character in run)
        {
            if (!set.Contains(character))
            {
                break;
            }

            count++;
        }

        return count;
    }

    private void Save(int slot, int position)
    {
        // With nothing to go back to, nothing need be put back.
        if (_depth > 0)
        {
            Push(new Frame(~slot, _slots[slot], NoCount));
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
}
