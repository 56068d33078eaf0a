using System.Net;

namespace Sessions.Identity;

/// <summary>Tells roughly where an address is. None is registered by default; register one in DI to have places.</summary>
/// <remarks>It is called from several threads at once, within <see cref="UserSessionOptions.TrackingTimeout"/>. A fault in it leaves the place blank.</remarks>
public interface IIpGeolocator
{
    /// <summary>Locates an address.</summary>
    /// <param name="address">The client's address.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The place, or <see langword="null"/> when it is not known.</returns>
    ValueTask<IpLocation?> LocateAsync(IPAddress address, CancellationToken cancellationToken);
}
