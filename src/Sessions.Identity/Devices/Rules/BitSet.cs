using System.Numerics;

namespace Sessions.Identity.Devices.Rules;

/// <summary>A set of small numbers.</summary>
internal readonly struct BitSet(int size)
{
    private readonly ulong[] _bits = new ulong[(size + 63) >> 6];

    public bool Contains(int number) => (_bits[number >> 6] >> number & 1) != 0;

    public void Add(int number) => _bits[number >> 6] |= 1UL << number;

    public void AddAll(ushort[] numbers)
    {
        foreach (var number in numbers)
        {
            Add(number);
        }
    }

    public bool ContainsAny(ushort[] numbers)
    {
        foreach (var number in numbers)
        {
            if (Contains(number))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first number from that one on, or -1.</summary>
    public int Next(int from)
    {
        var cell = from >> 6;
        if (cell >= _bits.Length)
        {
            return -1;
        }

        var bits = _bits[cell] & ulong.MaxValue << from;
        while (bits == 0)
        {
            if (++cell == _bits.Length)
            {
                return -1;
            }

            bits = _bits[cell];
        }

        return (cell << 6) + BitOperations.TrailingZeroCount(bits);
    }
}
