using System.Net;

namespace Sessions.Identity.Tests.Locations;

[Trait("Category", MaxMindFiles.Category)]
public sealed class MaxMindGeolocatorTests : MaxMindTest
{
    [Theory]
    [InlineData("GeoLite2-City-Test")]
    [InlineData("GeoIP2-City-Test")]
    public void A_city_file_tells_city_region_country_and_coordinates(string file)
    {
        var place = Open(MaxMindFiles.Path(file)).Locate(London)!;

        Assert.Equal(("GB", "United Kingdom", "England", "London"), (place.CountryCode, place.Country, place.Region, place.City));
        Assert.Equal((51.5142, -0.0931), (place.Latitude, place.Longitude));
        Assert.Equal(("🇬🇧", "London, United Kingdom"), (place.Flag, place.DisplayName));
    }

    [Theory]
    [InlineData("GeoLite2-Country-Test")]
    [InlineData("GeoIP2-Country-Test")]
    public void A_country_file_tells_the_country(string file) =>
        Assert.Equal(new IpLocation { CountryCode = "GB", Country = "United Kingdom" }, Open(MaxMindFiles.Path(file)).Locate(London));

    [Fact]
    public void An_enterprise_file_tells_the_network_too()
    {
        var place = Open(MaxMindFiles.Path("GeoIP2-Enterprise-Test")).Locate(IPAddress.Parse("74.209.24.0"))!;

        Assert.Equal(("US", "Chatham"), (place.CountryCode, place.City));
        Assert.Equal(14671, place.AutonomousSystemNumber);
    }

    [Fact]
    public void Both_families_are_looked_up()
    {
        var geolocator = Open(MaxMindFiles.Path("GeoLite2-City-Test"));

        Assert.Equal("San Diego", geolocator.Locate(IPAddress.Parse("2001:480::1"))!.City);
        Assert.Equal(("JP", null), (geolocator.Locate(IPAddress.Parse("2001:218::1"))!.CountryCode, geolocator.Locate(IPAddress.Parse("2001:218::1"))!.City));
        Assert.Null(geolocator.Locate(IPAddress.Parse("8.8.4.4")));
    }

    [Theory]
    [InlineData("es", "Londres", "Inglaterra", "Reino Unido")]
    [InlineData("fr", "Londres", "Angleterre", "Royaume-Uni")]
    [InlineData("de-AT", "London", "England", "Vereinigtes Königreich")]
    [InlineData("fi", "London", "England", "United Kingdom")]
    public void Names_are_in_the_language_asked_for_where_the_file_has_it_else_in_English(string language, string city, string region, string country)
    {
        var place = Open(MaxMindFiles.Path("GeoLite2-City-Test"), language: language).Locate(London)!;

        Assert.Equal((city, region, country), (place.City, place.Region, place.Country));
    }

    [Fact]
    public void A_network_file_adds_number_and_organisation()
    {
        var geolocator = Open(MaxMindFiles.Path("GeoLite2-City-Test"), MaxMindFiles.Path("GeoLite2-ASN-Test"));

        Assert.Equal((1221, "Telstra Pty Ltd"), Network(geolocator.Locate(IPAddress.Parse("1.128.0.1"))));
        Assert.Equal((7018, null), Network(geolocator.Locate(IPAddress.Parse("12.81.96.1"))));
        Assert.Equal("London", geolocator.Locate(London)!.City);
    }

    [Fact]
    public void A_network_file_works_alone()
    {
        var place = Open(places: null, MaxMindFiles.Path("GeoLite2-ASN-Test")).Locate(IPAddress.Parse("1.128.0.1"))!;

        Assert.Equal((1221, "Telstra Pty Ltd"), Network(place));
        Assert.Null(place.DisplayName);
    }

    [Fact]
    public void Without_files_nothing_is_known_and_nothing_is_said()
    {
        Assert.Null(Open(places: null).Locate(London));
        Assert.Empty(Log.Collector.GetSnapshot());
    }

    [Fact]
    public void It_is_opened_when_it_is_first_asked_and_says_so_once()
    {
        var geolocator = Open(MaxMindFiles.Path("GeoLite2-City-Test"));
        Assert.Empty(Log.Collector.GetSnapshot());

        geolocator.Locate(London);
        geolocator.Locate(London);

        Assert.Contains("GeoLite2-City", Assert.Single(Log.Collector.GetSnapshot()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GeoLite2-City-Test")]
    [InlineData("GeoLite2-Country-Test")]
    [InlineData("GeoIP2-Enterprise-Test")]
    [InlineData("GeoIP2-City-Test-Broken-Double-Format")]
    [InlineData("GeoIP2-City-Test-Invalid-Node-Count")]
    public void A_hundred_thousand_random_addresses_never_throw(string file)
    {
        var geolocator = Open(MaxMindFiles.Path(file), MaxMindFiles.Path("GeoLite2-ASN-Test"));
        var random = new Random(7);
        var (v4, v6) = (new byte[4], new byte[16]);

        for (var i = 0; i < 50_000; i++)
        {
            random.NextBytes(v4);
            random.NextBytes(v6);
            v6[0] = (byte)(i % 2 == 0 ? 0x20 : v6[0]); // where the files know something
            geolocator.Locate(new IPAddress(v4));
            geolocator.Locate(new IPAddress(v6));
        }

        Assert.InRange(Warnings.Count, 0, 1);
    }

    private static (long? Number, string? Organization) Network(IpLocation? place) => (place!.AutonomousSystemNumber, place.Organization);
}
