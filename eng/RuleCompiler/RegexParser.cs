namespace Sessions.RuleCompiler;

/// <summary>Reads the part of the regular expressions' language that the rules use. Anything else stops the build, so that no rule is ever misread.</summary>
internal sealed class RegexParser(string pattern, bool ignoreCase)
{
    private int _position;
    private int _groups;

    public static RegexNode Parse(string pattern, bool ignoreCase)
    {
        var parser = new RegexParser(pattern, ignoreCase);
        var node = parser.ReadAlternatives();
        return parser._position == pattern.Length ? node : throw parser.Unsupported();
    }

    private RegexNode ReadAlternatives()
    {
        var choices = new List<RegexNode> { ReadSequence() };
        while (TryTake('|'))
        {
            choices.Add(ReadSequence());
        }

        return choices.Count == 1 ? choices[0] : new Alternatives(choices);
    }

    private Sequence ReadSequence()
    {
        var parts = new List<RegexNode>();
        while (_position < pattern.Length && pattern[_position] is not ('|' or ')'))
        {
            parts.Add(ReadRepeats(ReadAtom()));
        }

        return new Sequence(parts);
    }

    private RegexNode ReadAtom()
    {
        var character = pattern[_position++];
        return character switch
        {
            '(' => ReadGroup(),
            '[' => Characters(ReadClass()),
            '.' => new OneOf(~CharSet.Of('\n')),
            '^' => new Assertion(AssertionKind.Begin),
            '$' => new Assertion(AssertionKind.End),
            '\\' when TryTake('b') => new Assertion(AssertionKind.WordBoundary),
            '\\' => Characters(ReadEscape()),
            '*' or '+' or '?' => throw Unsupported(),
            _ => Characters(CharSet.Of(character)),
        };
    }

    private RegexNode ReadGroup()
    {
        var captured = !TryTake('?');
        if (!captured && !TryTake(':'))
        {
            throw Unsupported();
        }

        // Groups are numbered by their opening brackets, so before what is inside.
        var number = captured ? ++_groups : 0;
        var inner = ReadAlternatives();
        if (!TryTake(')'))
        {
            throw Unsupported();
        }

        return captured ? new Capture(number, inner) : inner;
    }

    private RegexNode ReadRepeats(RegexNode atom)
    {
        if (_position == pattern.Length)
        {
            return atom;
        }

        (int Fewest, int? Most)? bounds = pattern[_position] switch
        {
            '*' => (0, null),
            '+' => (1, null),
            '?' => (0, 1),
            '{' => ReadBounds(),
            _ => null,
        };
        if (bounds is not { } repeat)
        {
            return atom;
        }

        _position++;
        var lazy = TryTake('?');
        return new Repeated(atom, repeat.Fewest, repeat.Most, lazy);
    }

    // Leaves the position on the closing brace. A brace that opens no bounds is a character like any other.
    private (int Fewest, int? Most)? ReadBounds()
    {
        var end = pattern.IndexOf('}', _position);
        if (end < 0)
        {
            return null;
        }

        var parts = pattern[(_position + 1)..end].Split(',');
        if (parts.Length > 2 || !int.TryParse(parts[0], out var fewest))
        {
            return null;
        }

        _position = end;
        return (fewest, parts.Length == 1 ? fewest : parts[1].Length == 0 ? null : int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
    }

    private CharSet ReadClass()
    {
        var negated = TryTake('^');
        var set = CharSet.None;
        for (var first = true; first || pattern[_position] != ']'; first = false)
        {
            set |= ReadClassItem();
        }

        _position++;
        set = ignoreCase ? set.IgnoringCase() : set;
        return negated ? ~set : set;
    }

    private CharSet ReadClassItem()
    {
        var character = pattern[_position++];
        if (character == '\\')
        {
            var escaped = ReadEscape();
            if (escaped.AsciiMembers().Count() > 1)
            {
                return escaped;
            }

            character = escaped.AsciiMembers().Single();
        }

        if (_position + 1 >= pattern.Length || pattern[_position] != '-' || pattern[_position + 1] == ']')
        {
            return CharSet.Of(character);
        }

        _position++;
        var last = pattern[_position++];
        return CharSet.Range(character, last == '\\' ? ReadEscape().AsciiMembers().Single() : last);
    }

    private CharSet ReadEscape()
    {
        var character = pattern[_position++];
        return character switch
        {
            'd' => CharSet.Digits,
            'D' => ~CharSet.Digits,
            'w' => CharSet.WordCharacters,
            'W' => ~CharSet.WordCharacters,
            's' => CharSet.Spaces,
            'S' => ~CharSet.Spaces,
            't' => CharSet.Of('\t'),
            'n' => CharSet.Of('\n'),
            'r' => CharSet.Of('\r'),
            _ when char.IsAsciiLetterOrDigit(character) => throw Unsupported(),
            _ => CharSet.Of(character),
        };
    }

    private OneOf Characters(CharSet set) => new(ignoreCase ? set.IgnoringCase() : set);

    private bool TryTake(char character)
    {
        if (_position == pattern.Length || pattern[_position] != character)
        {
            return false;
        }

        _position++;
        return true;
    }

    private NotSupportedException Unsupported() => new($"The pattern '{pattern}' uses something at {_position} that the rule compiler does not know.");
}
