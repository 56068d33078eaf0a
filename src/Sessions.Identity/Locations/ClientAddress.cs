using System.Buffers;
using System.Net;
using System.Net.Sockets;

namespace Sessions.Identity.Locations;

/// <summary>A client's address in the one form in which it is kept.</summary>
internal static class ClientAddress
{
    // The longest text with a port: brackets, an IPv6 address with a zone, a colon, five digits. What is longer is no address.
    private const int LongestText = 128;

    private static readonly SearchValues<char> _dotted = SearchValues.Create("0123456789.");

    /// <summary>Reads one address as proxies write it: with a port, in brackets, quoted, with a zone. Anything else gives none.</summary>
    public static IPAddress? Parse(string? text)
    {
        if (text is null or { Length: > LongestText })
        {
            return null;
        }

        var trimmed = text.AsSpan().Trim().Trim('"').Trim();
        if (IsWhole(trimmed) && IPAddress.TryParse(trimmed, out var address))
        {
            return address;
        }

        return HasPort(trimmed) && IPEndPoint.TryParse(trimmed, out var endpoint) ? endpoint.Address : null;
    }

    /// <summary>IPv4 in IPv6 becomes IPv4, zone ids go, and what the host wants cut is cut, before anything is stored.</summary>
    public static IPAddress? Normalize(IPAddress? address, IpAddressMode mode)
    {
        if (address is null || address.AddressFamily is not (AddressFamily.InterNetwork or AddressFamily.InterNetworkV6))
        {
            return null;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        // "Any" is no client's address: it is what some servers say when they don't know.
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            return null;
        }

        var bytes = address.GetAddressBytes();
        return mode == IpAddressMode.Truncated ? Truncate(bytes) : new IPAddress(bytes);
    }

    /// <summary>The address as 16 bytes that sort: IPv4 is mapped into IPv6.</summary>
    public static byte[]? Bytes(IPAddress? address) => address?.MapToIPv6().GetAddressBytes();

    // IPAddress reads "7" and "0x7f.1" too, as inet_aton does. A client's address is written with three dots or with colons.
    private static bool IsWhole(ReadOnlySpan<char> text) => text.Count('.') == 3 && !text.Contains(':') ? IsDotted(text) : text.Count(':') > 1;

    private static bool HasPort(ReadOnlySpan<char> text) =>
        text.StartsWith('[') || (text.Count(':') == 1 && IsDotted(text[..text.IndexOf(':')]));

    private static bool IsDotted(ReadOnlySpan<char> text) => text.Count('.') == 3 && !text.ContainsAnyExcept(_dotted);

    private static IPAddress Truncate(byte[] bytes)
    {
        var kept = bytes.Length == 4 ? 3 : 6;
        bytes.AsSpan(kept).Clear();
        return new IPAddress(bytes);
    }
}
