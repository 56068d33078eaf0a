using System.Net;
using Sessions.Identity;

namespace Sessions.IntegrationTests.Locations;

/// <summary>Places that the tests sign in from, by addresses that they are said to have.</summary>
internal sealed class Places : IIpGeolocator
{
    public const string InMadrid = "81.2.69.1";
    public const string InTokyo = "81.2.69.2";
    public const string InJapan = "81.2.69.3";
    public const string Nowhere = "81.2.69.4";

    public static IpLocation Madrid { get; } = new()
    {
        CountryCode = "ES",
        Country = "Spain",
        Region = "Madrid",
        City = "Madrid",
        Latitude = 40.41678,
        Longitude = -3.70379,
        AutonomousSystemNumber = 3352,
        Organization = "Telefonica",
    };

    public static IpLocation Tokyo { get; } = new() { CountryCode = "JP", Country = "Japan", City = "Tokyo", Latitude = 35.68950, Longitude = 139.69171 };

    public static IpLocation Japan { get; } = new() { CountryCode = "JP", Country = "Japan", Latitude = 35.68, Longitude = 139.69 };

    public ValueTask<IpLocation?> LocateAsync(IPAddress address, CancellationToken cancellationToken) => new(address.ToString() switch
    {
        InMadrid => Madrid,
        InTokyo => Tokyo,
        InJapan => Japan,
        _ => null,
    });
}
