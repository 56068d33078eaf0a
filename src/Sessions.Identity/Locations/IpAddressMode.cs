namespace Sessions.Identity;

/// <summary>How much of a client's address is kept.</summary>
public enum IpAddressMode
{
    /// <summary>The whole address.</summary>
    Full,

    /// <summary>Only its network, cut before anything is stored: /24 for IPv4, /48 for IPv6.</summary>
    Truncated,
}
