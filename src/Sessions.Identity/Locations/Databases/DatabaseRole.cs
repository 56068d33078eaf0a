namespace Sessions.Identity.Locations.Databases;

/// <summary>What a configured file is there for.</summary>
internal sealed record DatabaseRole(string Option, string Needed, DatabaseContent[] Accepted)
{
    public static DatabaseRole Places { get; } = new(
        nameof(GeolocationOptions.DatabasePath), "a City, Country or Enterprise", [DatabaseContent.Cities, DatabaseContent.Countries, DatabaseContent.Enterprise]);

    public static DatabaseRole Networks { get; } = new(nameof(GeolocationOptions.AsnDatabasePath), "an ASN", [DatabaseContent.Networks]);

    public static DatabaseContent ContentOf(string databaseType) =>
        databaseType.Contains("Enterprise", StringComparison.Ordinal) ? DatabaseContent.Enterprise
        : databaseType.Contains("City", StringComparison.Ordinal) ? DatabaseContent.Cities
        : databaseType.Contains("Country", StringComparison.Ordinal) ? DatabaseContent.Countries
        : databaseType.Contains("ASN", StringComparison.Ordinal) ? DatabaseContent.Networks
        : DatabaseContent.Other;
}
