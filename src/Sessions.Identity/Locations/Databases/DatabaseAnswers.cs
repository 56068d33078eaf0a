using System.Net;

namespace Sessions.Identity.Locations.Databases;

/// <summary>What the kinds of MaxMind's databases answer, in our words.</summary>
internal static class DatabaseAnswers
{
    public static IpLocation? PlaceOf(OpenDatabase database, IPAddress address) => database.Content switch
    {
        DatabaseContent.Cities => CityOf(database, address),
        DatabaseContent.Enterprise => EnterpriseOf(database, address),
        _ => CountryOf(database, address),
    };

    public static IpLocation? NetworkOf(OpenDatabase database, IPAddress address) =>
        database.Reader.TryAsn(address, out var found) && found is { AutonomousSystemNumber: { } number }
            ? new IpLocation { AutonomousSystemNumber = number, Organization = found.AutonomousSystemOrganization }
            : null;

    private static IpLocation? CityOf(OpenDatabase database, IPAddress address) => !database.Reader.TryCity(address, out var found) || found is null ? null : Known(new IpLocation
    {
        CountryCode = found.Country.IsoCode,
        Country = found.Country.Name,
        Region = found.MostSpecificSubdivision.Name,
        City = found.City.Name,
        Latitude = found.Location.Latitude,
        Longitude = found.Location.Longitude,
    });

    private static IpLocation? CountryOf(OpenDatabase database, IPAddress address) =>
        !database.Reader.TryCountry(address, out var found) || found is null
            ? null
            : Known(new IpLocation { CountryCode = found.Country.IsoCode, Country = found.Country.Name });

    private static IpLocation? EnterpriseOf(OpenDatabase database, IPAddress address) => !database.Reader.TryEnterprise(address, out var found) || found is null ? null : Known(new IpLocation
    {
        CountryCode = found.Country.IsoCode,
        Country = found.Country.Name,
        Region = found.MostSpecificSubdivision.Name,
        City = found.City.Name,
        Latitude = found.Location.Latitude,
        Longitude = found.Location.Longitude,
        AutonomousSystemNumber = found.Traits.AutonomousSystemNumber,
        Organization = found.Traits.AutonomousSystemOrganization,
    });

    // A file may know an address without knowing where it is.
    private static IpLocation? Known(IpLocation place) => place.DisplayName is null && place.AutonomousSystemNumber is null ? null : place;
}
