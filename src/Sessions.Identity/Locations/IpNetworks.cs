using System.Net;
using System.Net.Sockets;

namespace Sessions.Identity.Locations;

/// <summary>Addresses and networks as operators write them, and as the 16 sortable bytes that are kept.</summary>
internal static class IpNetworks
{
    private const int LongestText = 64;
    private const int MappedBits = 96;

    private static readonly (byte[] First, byte[] Last) _mapped = Bounds(new IPNetwork(IPAddress.Any, 0));

    /// <summary>Reads "203.0.113.7", "203.0.113.0/24", "2001:db8::/48". Bits of a host within a network don't matter. Anything else gives none.</summary>
    public static IPNetwork? Parse(string? text)
    {
        if (text?.Trim() is not { Length: > 0 and <= LongestText } written)
        {
            return null;
        }

        var slash = written.IndexOf('/', StringComparison.Ordinal);
        if (ClientAddress.Parse(slash < 0 ? written : written[..slash]) is not { } address)
        {
            return null;
        }

        if (slash < 0)
        {
            return ClientAddress.Normalize(address, IpAddressMode.Full) is { } client ? Of(client, BitsOf(client)) : null;
        }

        // "Any" is no client's address, but begins a network: 0.0.0.0/4 or ::/48.
        return int.TryParse(written.AsSpan(slash + 1), System.Globalization.NumberStyles.None, provider: null, out var bits) && bits <= BitsOf(address)
            ? Of(address, bits)
            : null;
    }

    /// <summary>The network of an address by the number of its leading bits. IPv4 in IPv6 becomes IPv4.</summary>
    public static IPNetwork Of(IPAddress address, int bits)
    {
        if (address.IsIPv4MappedToIPv6 && bits >= MappedBits)
        {
            (address, bits) = (address.MapToIPv4(), bits - MappedBits);
        }

        var bytes = address.GetAddressBytes();
        Mask(bytes, bits, 0);
        return new IPNetwork(new IPAddress(bytes), bits);
    }

    /// <summary>The network as the host keeps addresses: with truncated ones it is a whole /24 or /48 at least.</summary>
    public static IPNetwork Kept(IPNetwork network, IpAddressMode mode)
    {
        var plain = Of(network.BaseAddress, network.PrefixLength);
        var most = plain.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 24 : 48;
        return mode == IpAddressMode.Truncated && plain.PrefixLength > most ? Of(plain.BaseAddress, most) : plain;
    }

    /// <summary>Whether the range of an IPv6 network has in it how IPv4 is kept. No IPv4 address belongs to it.</summary>
    public static bool HasMapped(IPNetwork network)
    {
        var (first, last) = Bounds(network);
        return network.BaseAddress.AddressFamily == AddressFamily.InterNetworkV6
            && first.AsSpan().SequenceCompareTo(_mapped.First) <= 0 && last.AsSpan().SequenceCompareTo(_mapped.Last) >= 0;
    }

    /// <summary>The first and the last IPv4 address, as they are kept.</summary>
    public static (byte[] First, byte[] Last) Mapped => _mapped;

    /// <summary>Its first and its last address, as they are kept.</summary>
    public static (byte[] First, byte[] Last) Bounds(IPNetwork network)
    {
        var address = network.BaseAddress;
        var bits = network.PrefixLength;
        var first = address.MapToIPv6().GetAddressBytes();
        var leading = address.AddressFamily == AddressFamily.InterNetwork ? bits + MappedBits : bits;
        var last = (byte[])first.Clone();
        Mask(first, leading, 0);
        Mask(last, leading, 0xff);
        return (first, last);
    }

    /// <summary>Whether it is one address.</summary>
    public static bool IsOne(IPNetwork network) => network.PrefixLength == BitsOf(network.BaseAddress);

    /// <summary>How it is written: an address alone without the number of its bits.</summary>
    public static string Text(IPNetwork network) =>
        IsOne(network) && ClientAddress.Normalize(network.BaseAddress, IpAddressMode.Full) is not null
            ? network.BaseAddress.ToString()
            : network.ToString();

    private static int BitsOf(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;

    private static void Mask(byte[] bytes, int bits, byte fill)
    {
        for (var index = bits / 8; index < bytes.Length; index++)
        {
            var kept = index == bits / 8 ? (byte)(0xff << (8 - (bits % 8))) : (byte)0;
            bytes[index] = (byte)((bytes[index] & kept) | (fill & ~kept));
        }
    }
}
