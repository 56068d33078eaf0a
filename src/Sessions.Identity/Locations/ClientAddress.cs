using System.Net;

namespace Sessions.Identity.Locations;

/// <summary>A client's address in the one form in which it is kept.</summary>
internal static class ClientAddress
{
    /// <summary>IPv4 in IPv6 becomes IPv4, zone ids go, and what the host wants cut is cut, before anything is stored.</summary>
    public static IPAddress? Normalize(IPAddress? address, IpAddressMode mode)
    {
        if (address is null)
        {
            return null;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        return mode == IpAddressMode.Truncated ? Truncate(bytes) : new IPAddress(bytes);
    }

    /// <summary>The address as 16 bytes that sort: IPv4 is mapped into IPv6.</summary>
    public static byte[]? Bytes(IPAddress? address) => address?.MapToIPv6().GetAddressBytes();

    private static IPAddress Truncate(byte[] bytes)
    {
        var kept = bytes.Length == 4 ? 3 : 6;
        bytes.AsSpan(kept).Clear();
        return new IPAddress(bytes);
    }
}
