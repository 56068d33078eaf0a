namespace Sessions.Identity;

/// <summary>Where an address roughly is. A part that is not known is <see langword="null"/>.</summary>
public sealed record IpLocation
{
    /// <summary>The country's ISO 3166-1 alpha-2 code, such as "ES".</summary>
    public string? CountryCode { get; init; }

    /// <summary>The country's name.</summary>
    public string? Country { get; init; }

    /// <summary>The region's name.</summary>
    public string? Region { get; init; }

    /// <summary>The city's name.</summary>
    public string? City { get; init; }

    /// <summary>The latitude in degrees. Kept on events only, rounded.</summary>
    public double? Latitude { get; init; }

    /// <summary>The longitude in degrees. Kept on events only, rounded.</summary>
    public double? Longitude { get; init; }

    /// <summary>The number of the autonomous system that announces the address.</summary>
    public long? AutonomousSystemNumber { get; init; }

    /// <summary>The organisation behind that system.</summary>
    public string? Organization { get; init; }

    /// <summary>The country's flag as an emoji, or <see langword="null"/> when the country is not known.</summary>
    public string? Flag => CountryFlag.Of(CountryCode);

    /// <summary>The place as a person reads it, such as "Madrid, Spain", or <see langword="null"/> when nothing is known.</summary>
    public string? DisplayName => (City ?? Region, Country ?? CountryCode) switch
    {
        (null, null) => null,
        (null, var country) => country,
        (var city, null) => city,
        var (city, country) => $"{city}, {country}",
    };
}
