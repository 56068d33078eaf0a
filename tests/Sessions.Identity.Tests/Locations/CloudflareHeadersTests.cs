using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Sessions.Identity.Locations;

namespace Sessions.Identity.Tests.Locations;

public sealed class CloudflareHeadersTests
{
    [Fact]
    public void The_country_alone_is_a_place() =>
        Assert.Equal(new IpLocation { CountryCode = "ES", Country = "Spain" }, PlaceOf(("CF-IPCountry", "ES")));

    [Fact]
    public void What_the_host_switched_on_is_taken_too()
    {
        var place = PlaceOf(
            ("CF-IPCountry", "ES"), ("CF-IPCity", "Córdoba"), ("CF-Region", "Andalusia"), ("CF-IPLatitude", "37.88818"), ("CF-IPLongitude", "-4.77938"));

        Assert.Equal(("Córdoba", "Andalusia", 37.88818, -4.77938), (place!.City, place.Region, place.Latitude, place.Longitude));
    }

    [Theory]
    [InlineData("XX")]
    [InlineData("T1")]
    [InlineData("")]
    [InlineData("Spain")]
    [InlineData("<>")]
    public void Unknown_Tor_and_garbage_are_no_place(string code) => Assert.Null(PlaceOf(("CF-IPCountry", code), ("CF-IPCity", "Madrid")));

    [Fact]
    public void A_header_that_comes_twice_is_not_believed()
    {
        var headers = new HeaderDictionary { ["CF-IPCountry"] = new(["ES", "FR"]) };

        Assert.Null(CloudflareHeaders.PlaceOf(headers));
    }

    [Fact]
    public void Coordinates_that_are_no_numbers_are_left_out() =>
        Assert.Null(PlaceOf(("CF-IPCountry", "ES"), ("CF-IPLatitude", "north"))!.Latitude);

    private static IpLocation? PlaceOf(params (string Name, string Value)[] headers) =>
        CloudflareHeaders.PlaceOf(new HeaderDictionary(headers.ToDictionary(header => header.Name, header => new StringValues(header.Value))));
}
