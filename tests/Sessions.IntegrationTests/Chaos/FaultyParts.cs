using System.Net;
using Sessions.Identity;

namespace Sessions.IntegrationTests.Chaos;

/// <summary>A host's parser behind a fault.</summary>
internal sealed class FaultyUserAgentParser(Fault fault) : IUserAgentParser
{
    public DeviceInfo Parse(string? userAgent, IReadOnlyDictionary<string, string> headers)
    {
        fault.Hit();
        return new DeviceInfo { Browser = "Faulty" };
    }
}

/// <summary>A host's geolocator behind a fault.</summary>
internal sealed class FaultyIpGeolocator(Fault fault) : IIpGeolocator
{
    public ValueTask<IpLocation?> LocateAsync(IPAddress address, CancellationToken cancellationToken) =>
        new(fault.HitAsync(() => Task.FromResult<IpLocation?>(new IpLocation { City = "Madrid", Latitude = 40.42, Longitude = -3.7 })));
}
