using System.Net;

namespace Sessions.Identity;

/// <summary>Tells roughly where an address is. By default the files that <see cref="UserSessionOptions.Geolocation"/> names do; register another in DI to take their place.</summary>
/// <remarks>
/// It is called from several threads at once, each time in a scope of its own, and never for private, loopback, carrier-grade or
/// documentation addresses. A sign-in waits <see cref="GeolocationOptions.MaxWait"/> for it; after that it goes on in the background for up
/// to 30 seconds, and the place is filled in when it comes. A fault in it leaves the place blank.
/// </remarks>
public interface IIpGeolocator
{
    /// <summary>Locates an address.</summary>
    /// <param name="address">The client's address.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The place, or <see langword="null"/> when it is not known.</returns>
    ValueTask<IpLocation?> LocateAsync(IPAddress address, CancellationToken cancellationToken);
}
