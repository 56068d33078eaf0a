using System.Net;
using System.Net.Sockets;

namespace Sessions.Identity.Locations;

/// <summary>Addresses and networks as operators write them, and as the 16 sortable bytes that are kept.</summary>
internal static class IpNetworks
{
    private const int LongestText = 64;
    private const int MappedBits = 96;

    /// <summary>Reads "203.0.113.7", "203.0.113.0/24", "2001:db8::/48". Bits of a host within a network don't matter. Anything else gives none.</summary>
    public static IPNetwork? Parse(string? text)
    {
        if (text?.Trim() is not { Length: > 0 and <= LongestText } written)
        {
            return null;
        }

        var slash = written.IndexOf('/', StringComparison.Ordinal);
        if (ClientAddress.Parse(slash < 0 ? written : written[..slash]) is not { } parsed || ClientAddress.Normalize(parsed, IpAddressMode.Full) is not { } address)
        {
            return slash > 0 && written.EndsWith("/0", StringComparison.Ordinal) && IPNetwork.TryParse(written, out var whole) ? whole : null;
        }

        var most = address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
        if (slash < 0)
        {
            return new IPNetwork(address, most);
        }

        return int.TryParse(written.AsSpan(slash + 1), System.Globalization.NumberStyles.None, provider: null, out var bits) && bits <= most
            ? Of(address, bits)
            : null;
    }

    /// <summary>The network of an address by the number of its leading bits.</summary>
    public static IPNetwork Of(IPAddress address, int bits)
    {
        var bytes = address.GetAddressBytes();
        Mask(bytes, bits, 0);
        return new IPNetwork(new IPAddress(bytes), bits);
    }

    /// <summary>The network as the host keeps addresses: with truncated ones it is a whole /24 or /48 at least.</summary>
    public static IPNetwork Kept(IPNetwork network, IpAddressMode mode)
    {
        var most = network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 24 : 48;
        return mode == IpAddressMode.Truncated && network.PrefixLength > most ? Of(network.BaseAddress, most) : network;
    }

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

    /// <summary>How it is written: an address alone without the number of its bits.</summary>
    public static string Text(IPNetwork network) =>
        network.PrefixLength == (network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)
            ? network.BaseAddress.ToString()
            : network.ToString();

    private static void Mask(byte[] bytes, int bits, byte fill)
    {
        for (var index = bits / 8; index < bytes.Length; index++)
        {
            var kept = index == bits / 8 ? (byte)(0xff << (8 - (bits % 8))) : (byte)0;
            bytes[index] = (byte)((bytes[index] & kept) | (fill & ~kept));
        }
    }
}
