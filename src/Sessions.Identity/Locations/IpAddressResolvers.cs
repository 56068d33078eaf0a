using System.Net;
using Microsoft.AspNetCore.Http;
using Sessions.Identity.Locations;

namespace Sessions.Identity;

/// <summary>Ready-made values for <see cref="UserSessionOptions.IpAddressResolver"/>.</summary>
public static class IpAddressResolvers
{
    /// <summary>
    /// Believes a header with one address, such as CF-Connecting-IP or Fly-Client-IP, on connections from known networks. On any other
    /// connection, and where the header holds no address, it is the connection's own.
    /// </summary>
    /// <param name="header">The header's name.</param>
    /// <param name="knownNetworks">The networks that the proxies connect from, such as those that the CDN publishes.</param>
    /// <returns>The resolver. It is safe to call from several threads at once.</returns>
    /// <remarks>For apps that don't use ForwardedHeaders, which changes the connection's address itself: see docs/locations.md.</remarks>
    /// <exception cref="ArgumentException"><paramref name="header"/> is empty, or no network is given.</exception>
    public static Func<HttpContext, IPAddress?> FromHeader(string header, params IPNetwork[] knownNetworks)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(header);
        ArgumentNullException.ThrowIfNull(knownNetworks);
        return knownNetworks.Length == 0
            ? throw new ArgumentException("Name the networks that the proxies connect from: a header that is believed from everybody can be written by everybody.", nameof(knownNetworks))
            : new HeaderAddress(header, [.. knownNetworks]).Of;
    }
}
