using System.Runtime.CompilerServices;

namespace Sessions.Identity.Devices.Rules;

/// <summary>A set of characters: any of ASCII's 128, and either all or none of the rest.</summary>
internal readonly record struct CharSet(ulong Low, ulong High, bool BeyondAscii)
{
    /// <summary>Whether every character is in it, as where a pattern may match nothing at all.</summary>
    public bool IsAll => Low == ulong.MaxValue && High == ulong.MaxValue && BeyondAscii;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Contains(char character) =>
        character < 128 ? ((character < 64 ? Low : High) >> character & 1) != 0 : BeyondAscii;
}
