namespace Sessions.RuleCompiler;

/// <summary>A set of characters: any of the 128 of ASCII, and either all or none of the rest.</summary>
internal readonly record struct CharSet(ulong Low, ulong High, bool BeyondAscii)
{
    public static CharSet None => default;

    public static CharSet All => new(ulong.MaxValue, ulong.MaxValue, true);

    public static CharSet Digits => Range('0', '9');

    public static CharSet WordCharacters => Range('a', 'z') | Range('A', 'Z') | Digits | Of('_');

    public static CharSet Spaces => Of(' ') | Range('\t', '\r');

    public static CharSet Of(char character) => Range(character, character);

    public static CharSet Range(char first, char last)
    {
        if (last > 127)
        {
            throw new NotSupportedException($"The character {last} is beyond ASCII.");
        }

        var set = UInt128.Zero;
        for (var character = first; character <= last; character++)
        {
            set |= UInt128.One << character;
        }

        return new CharSet((ulong)set, (ulong)(set >> 64), false);
    }

    public static CharSet operator |(CharSet one, CharSet other) =>
        new(one.Low | other.Low, one.High | other.High, one.BeyondAscii || other.BeyondAscii);

    public static CharSet operator ~(CharSet set) => new(~set.Low, ~set.High, !set.BeyondAscii);

    public bool Contains(char character) => character switch
    {
        < (char)64 => (Low >> character & 1) != 0,
        < (char)128 => (High >> (character - 64) & 1) != 0,
        _ => BeyondAscii,
    };

    public IEnumerable<char> AsciiMembers()
    {
        var set = this;
        return Enumerable.Range(0, 128).Select(code => (char)code).Where(character => set.Contains(character));
    }

    /// <summary>The set with both cases of each of its letters.</summary>
    public CharSet IgnoringCase() => AsciiMembers().Where(char.IsAsciiLetter)
        .Aggregate(this, (set, letter) => set | Of(char.ToLowerInvariant(letter)) | Of(char.ToUpperInvariant(letter)));
}
