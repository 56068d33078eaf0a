using Sessions.Identity.Locations.Travel;

namespace Sessions.Identity.Tests.Locations;

public sealed class TravelHintTests
{
    private static readonly DateTimeOffset _noon = new(2026, 3, 9, 12, 0, 0, TimeSpan.Zero);
    private static readonly TravelPoint _madrid = new(Guid.Empty, _noon, 40.42, -3.7, "ES", IsLocal: true);

    [Fact]
    public void A_far_place_soon_after_is_impossible()
    {
        var hint = TravelHint.Between(_madrid, Tokyo(hours: 1), speedLimit: 1_000, decimals: 2)!;

        Assert.True(hint.IsImpossible);
        Assert.Equal(TimeSpan.FromHours(1), hint.Time);
        Assert.InRange(hint.Kilometers, 10_700, 10_850);
    }

    [Fact]
    public void The_same_way_by_plane_is_possible() => Assert.False(TravelHint.Between(_madrid, Tokyo(hours: 14), speedLimit: 1_000, decimals: 2)!.IsImpossible);

    [Fact]
    public void Nothing_is_impossible_while_the_option_is_off()
    {
        var hint = TravelHint.Between(_madrid, Tokyo(hours: 0), speedLimit: null, decimals: 2)!;

        Assert.False(hint.IsImpossible);
        Assert.True(hint.Kilometers > 10_000);
    }

    [Fact]
    public void Two_far_places_at_the_same_moment_are_impossible() =>
        Assert.True(TravelHint.Between(_madrid, Tokyo(hours: 0), speedLimit: 1_000, decimals: 2)!.IsImpossible);

    [Fact]
    public void The_next_town_at_the_same_moment_is_within_what_an_address_tells()
    {
        var toledo = _madrid with { Latitude = 39.86, Longitude = -4.03 };

        Assert.False(TravelHint.Between(_madrid, toledo, speedLimit: 1_000, decimals: 2)!.IsImpossible);
    }

    [Fact]
    public void Coarser_coordinates_need_a_longer_way()
    {
        var valencia = _madrid with { Latitude = 39.47, Longitude = -0.38 }; // some 300 km

        Assert.True(TravelHint.Between(_madrid, valencia, speedLimit: 1_000, decimals: 2)!.IsImpossible);
        Assert.False(TravelHint.Between(_madrid, valencia with { At = _noon.AddMinutes(5) }, speedLimit: 1_000, decimals: 0)!.IsImpossible);
        Assert.True(TravelHint.Between(_madrid, valencia with { At = _noon.AddMinutes(5) }, speedLimit: 1_000, decimals: 2)!.IsImpossible);
    }

    [Fact]
    public void The_middle_of_a_country_says_nothing_about_a_way_within_it() =>
        Assert.Null(TravelHint.Between(_madrid, _madrid with { Latitude = 43.5, Longitude = 3, IsLocal = false }, speedLimit: 1_000, decimals: 2));

    [Fact]
    public void The_middle_of_a_country_next_door_is_too_vague_and_one_far_away_is_not()
    {
        var portugal = _madrid with { Latitude = 39.5, Longitude = -8, CountryCode = "PT", IsLocal = false };

        Assert.False(TravelHint.Between(_madrid, portugal, speedLimit: 1_000, decimals: 2)!.IsImpossible);
        Assert.True(TravelHint.Between(_madrid, Tokyo(hours: 1) with { IsLocal = false }, speedLimit: 1_000, decimals: 2)!.IsImpossible);
    }

    private static TravelPoint Tokyo(int hours) => new(Guid.Empty, _noon.AddHours(hours), 35.69, 139.69, "JP", IsLocal: true);
}
