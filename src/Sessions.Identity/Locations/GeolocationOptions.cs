namespace Sessions.Identity;

/// <summary>Where places come from, and what follows from them.</summary>
public sealed class GeolocationOptions
{
    /// <summary>Gets or sets the path of a MaxMind database (.mmdb) of cities or countries: GeoLite2 City or Country, GeoIP2 City, Country or Enterprise.</summary>
    /// <value><see langword="null"/> by default: no places. A relative path begins at the app's content root. A file that is replaced is taken up without a restart.</value>
    public string? DatabasePath { get; set; }

    /// <summary>Gets or sets the path of a MaxMind database of autonomous systems (GeoLite2 ASN), for the network behind an address.</summary>
    /// <value><see langword="null"/> by default: networks are not told.</value>
    public string? AsnDatabasePath { get; set; }

    /// <summary>Gets or sets the language that places are named in, such as "es" or "pt-BR", where the database has it.</summary>
    /// <value><see langword="null"/> by default: the app's own language. English where a place has no name in it.</value>
    public string? Language { get; set; }

    /// <summary>Gets or sets whether Cloudflare's visitor location headers are believed (CF-IPCountry and, where switched on there, city, region and coordinates).</summary>
    /// <value><see langword="false"/> by default. Only for apps that nobody can reach but through Cloudflare: see docs/locations.md.</value>
    public bool TrustCloudflareHeaders { get; set; }

    /// <summary>Gets or sets how long a sign-in waits for its place. A slower geolocator goes on in the background, and the place is filled in when it comes.</summary>
    /// <value>250 milliseconds by default. Zero: sign-ins never wait for it.</value>
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Gets or sets from what speed on, in kilometres per hour, nobody can have travelled from the previous sign-in. Such a sign-in is flagged and told to <see cref="UserSessionEvents.OnImpossibleTravel"/>; it is never blocked.</summary>
    /// <value><see langword="null"/> by default: off. 1,000 is a good value: somewhat faster than an airliner.</value>
    public double? ImpossibleTravelSpeed { get; set; }
}
