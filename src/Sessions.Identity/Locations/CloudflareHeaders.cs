using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Sessions.Identity.Locations;

/// <summary>A place as Cloudflare's visitor location headers tell it. Only the country's code is there by default.</summary>
internal static class CloudflareHeaders
{
    private static readonly string[] _noCountry = ["XX", "T1"]; // not known, Tor

    public static IpLocation? PlaceOf(IHeaderDictionary headers)
    {
        if (Text(headers, "CF-IPCountry") is not { Length: 2 } given || given.ToUpperInvariant() is not { } code || _noCountry.Contains(code) || CountryFlag.Of(code) is null)
        {
            return null;
        }

        return new IpLocation
        {
            CountryCode = code,
            Country = CountryName(code),
            Region = Text(headers, "CF-Region"),
            City = Text(headers, "CF-IPCity"),
            Latitude = Degrees(headers, "CF-IPLatitude"),
            Longitude = Degrees(headers, "CF-IPLongitude"),
        };
    }

    // In English: .NET knows the names of countries in no other language than that and their own.
    private static string? CountryName(string code)
    {
        try
        {
            var name = new RegionInfo(code).EnglishName;
            return name == code ? null : name;
        }
        catch (ArgumentException)
        {
            return null; // A code that is newer than the machine's tables.
        }
    }

    private static string? Text(IHeaderDictionary headers, string name) =>
        headers[name] is { Count: 1 } values && values[0]?.Trim() is { Length: > 0 } text ? text : null;

    private static double? Degrees(IHeaderDictionary headers, string name) =>
        double.TryParse(Text(headers, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) ? degrees : null;
}
