using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Sessions.Identity.Locations;

/// <summary>A place as Cloudflare's visitor location headers tell it. Only the country's code is there by default.</summary>
internal static class CloudflareHeaders
{
    private static readonly string[] _noCountry = ["XX", "T1"]; // not known, Tor

    public static IpLocation? PlaceOf(IHeaderDictionary headers, PlaceLanguage language)
    {
        if (Text(headers, "CF-IPCountry") is not { Length: 2 } given || given.ToUpperInvariant() is not { } code || _noCountry.Contains(code) || CountryFlag.Of(code) is null)
        {
            return null;
        }

        return new IpLocation
        {
            CountryCode = code,
            Country = language.CountryName(code),
            Region = Text(headers, "CF-Region"),
            City = Text(headers, "CF-IPCity"),
            Latitude = Degrees(headers, "CF-IPLatitude"),
            Longitude = Degrees(headers, "CF-IPLongitude"),
        };
    }

    private static string? Text(IHeaderDictionary headers, string name) =>
        headers[name] is { Count: 1 } values && values[0]?.Trim() is { Length: > 0 } text ? text : null;

    private static double? Degrees(IHeaderDictionary headers, string name) =>
        double.TryParse(Text(headers, name), NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) ? degrees : null;
}
