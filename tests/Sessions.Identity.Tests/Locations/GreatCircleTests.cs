using Sessions.Identity.Locations.Travel;

namespace Sessions.Identity.Tests.Locations;

/// <summary>Against distances that others publish. Airlines' are on the ellipsoid, so they are 0.6 percent off at most.</summary>
public sealed class GreatCircleTests
{
    [Theory]
    [InlineData("Nashville to Los Angeles (the textbook example)", 36.12, -86.67, 33.94, -118.40, 2886.4)]
    [InlineData("New York JFK to London LHR", 40.6398, -73.7789, 51.4706, -0.4619, 5554)]
    [InlineData("Doha to Auckland", 25.2731, 51.6081, -37.0081, 174.7917, 14535)]
    [InlineData("Perth to London", -31.9403, 115.9669, 51.4706, -0.4619, 14499)]
    [InlineData("Sydney to Los Angeles, across the date line", -33.9461, 151.1772, 33.9425, -118.4081, 12051)]
    [InlineData("Sydney to Dallas, across the date line", -33.9461, 151.1772, 32.8969, -97.0381, 13804)]
    [InlineData("Auckland to Los Angeles, across the date line", -37.0081, 174.7917, 33.9425, -118.4081, 10480)]
    [InlineData("Singapore to Newark, near the pole", 1.3592, 103.9894, 40.6925, -74.1687, 15344)]
    [InlineData("Hong Kong to New York, near the pole", 22.3089, 113.9146, 40.6398, -73.7789, 12990)]
    public void Distances_are_those_that_are_published(string way, double latitude1, double longitude1, double latitude2, double longitude2, double kilometers)
    {
        Assert.NotEmpty(way);
        Assert.InRange(GreatCircle.Kilometers(latitude1, longitude1, latitude2, longitude2), kilometers * 0.994, kilometers * 1.006);
        Assert.InRange(GreatCircle.Kilometers(latitude2, longitude2, latitude1, longitude1), kilometers * 0.994, kilometers * 1.006);
    }

    [Fact]
    public void A_degree_across_the_date_line_is_a_degree() =>
        Assert.Equal(GreatCircle.Kilometers(0, 10, 0, 11), GreatCircle.Kilometers(0, 179.5, 0, -179.5), precision: 6);

    [Fact]
    public void The_same_meridian_has_two_names_at_the_date_line() => Assert.Equal(0, GreatCircle.Kilometers(12, 180, 12, -180), precision: 6);

    [Theory]
    [InlineData(90)]
    [InlineData(-90)]
    public void Every_longitude_is_the_same_place_at_a_pole(double pole) => Assert.Equal(0, GreatCircle.Kilometers(pole, 0, pole, 137), precision: 6);

    [Fact]
    public void From_pole_to_pole_is_half_way_round()
    {
        Assert.Equal(20_015.1, GreatCircle.Kilometers(90, 0, -90, 120), precision: 1);
        Assert.Equal(20_015.1, GreatCircle.Kilometers(0, 0, 0, 180), precision: 1);
    }

    [Fact]
    public void Over_the_pole_is_shorter_than_round_it() => Assert.Equal(GreatCircle.Kilometers(70, 0, 90, 0) * 2, GreatCircle.Kilometers(70, 0, 70, 180), precision: 6);

    [Fact]
    public void No_way_has_no_length() => Assert.Equal(0, GreatCircle.Kilometers(40.42, -3.7, 40.42, -3.7));
}
