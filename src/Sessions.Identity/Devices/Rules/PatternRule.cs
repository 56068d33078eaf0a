namespace Sessions.Identity.Devices.Rules;

/// <summary>A rule of the rule book, compiled.</summary>
/// <param name="First">The characters that a match can begin with.</param>
/// <param name="Branches">How many branches the code has.</param>
/// <param name="Code">Instructions and operands: <see cref="RuleOp"/>.</param>
/// <param name="Required">Sets of words by number: one word of each set is in every text that matches. The first set is the rarest.</param>
/// <param name="Templates">The replacements, <see langword="null"/> where the pattern's group serves as it is.</param>
internal sealed record PatternRule(CharSet First, int Branches, ushort[] Code, ushort[][] Required, string?[] Templates)
{
    /// <summary>Whether a match can only begin at the start. Every program opens by saving that position.</summary>
    public bool IsAnchored => Code[2] == (ushort)RuleOp.Begin;
}
