namespace Sessions.Identity.Devices.Rules;

/// <summary>The instructions that the rules' patterns are compiled to when the package is built. Each is followed by its operands.</summary>
/// <remarks>This file is compiled into the build's RuleCompiler as well: what is written there is read here.</remarks>
internal enum RuleOp : ushort
{
    /// <summary>The pattern has matched.</summary>
    Match,

    /// <summary>One character: its code.</summary>
    Char,

    /// <summary>One character of a set: the set.</summary>
    Set,

    /// <summary>Two ways on: the branch's number, the way tried first, the other.</summary>
    Split,

    /// <summary>Many ways on: the branch's number, how many, and for each the set of characters that it can begin with and the target.</summary>
    Choose,

    /// <summary>Goes on elsewhere: the target.</summary>
    Jump,

    /// <summary>Remembers the position: the slot.</summary>
    Save,

    /// <summary>Only at the start of the text.</summary>
    Begin,

    /// <summary>Only at the end of the text.</summary>
    End,

    /// <summary>Only between a word character and another.</summary>
    WordBoundary,

    /// <summary>Characters of a set, as many as bounds allow: the branch's number, the set, fewest, most, 1 for as few as possible.</summary>
    Repeat,
}
