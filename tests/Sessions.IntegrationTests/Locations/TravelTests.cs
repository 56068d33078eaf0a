using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Locations;

/// <summary>Sign-ins that are far from the one before them.</summary>
public sealed class TravelTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_sign_in_too_far_away_is_flagged_and_told_and_not_blocked(string provider)
    {
        await using var places = await PlacesApp.StartAsync(new Places(), provider, SpeedLimit);
        await places.SignInAsync(Places.InMadrid);
        places.App.Time.Advance(TimeSpan.FromHours(2));

        var device = await places.SignInAsync(Places.InTokyo);

        Assert.True(await device.IsSignedInAsync());
        var events = await places.App.EventsAsync();
        Assert.Equal([(false, null), (true, 7_200L)], events.Select(row => (row.IsImpossibleTravel, row.TravelSeconds)));
        Assert.InRange(events[1].TravelDistance!.Value, 10_700, 10_850);
        await Eventually.TrueAsync(() => Task.FromResult(places.Impossible.Count == 1), "the hook is told");
        var told = Assert.Single(places.Impossible);
        Assert.Equal((events[1].Id, "Tokyo", true), (told.Id, told.Location!.City, told.IsImpossibleTravel));
        Assert.Equal(2, told.TravelTime!.Value.TotalHours, precision: 1);
    }

    [Fact]
    public async Task A_known_device_far_away_counts_too()
    {
        await using var places = await PlacesApp.StartAsync(new Places(), options: SpeedLimit);
        var device = await places.SignInAsync(Places.InMadrid);
        places.Address = Places.InTokyo;

        await device.SignInAsync();

        await Eventually.TrueAsync(() => Task.FromResult(places.Impossible.Count == 1), "the hook is told");
        var events = await places.App.EventsAsync();
        Assert.Equal(events[0].DeviceId, events[1].DeviceId);
    }

    [Fact]
    public async Task Off_by_default_distance_and_time_are_written_and_nothing_is_flagged()
    {
        await using var places = await PlacesApp.StartAsync(new Places());
        await places.SignInAsync(Places.InMadrid);
        await places.SignInAsync(Places.InTokyo);

        var second = (await places.App.EventsAsync())[1];
        Assert.NotNull(second.TravelDistance);
        Assert.False(second.IsImpossibleTravel);
        await Eventually.TrueAsync(() => Task.FromResult(places.Told.Count == 2), "the other hook is told");
        Assert.Empty(places.Impossible);
    }

    [Fact]
    public async Task A_sign_in_that_a_plane_can_have_made_is_not_flagged()
    {
        await using var places = await PlacesApp.StartAsync(new Places(), options: SpeedLimit);
        await places.SignInAsync(Places.InMadrid);
        places.App.Time.Advance(TimeSpan.FromHours(14));

        await places.SignInAsync(Places.InTokyo);

        Assert.All(await places.App.EventsAsync(), row => Assert.False(row.IsImpossibleTravel));
    }

    [Fact]
    public async Task What_is_not_known_is_left_out_and_the_one_before_it_counts()
    {
        await using var places = await PlacesApp.StartAsync(new Places(), options: SpeedLimit);
        await places.SignInAsync(Places.InMadrid);
        await places.SignInAsync(Places.Nowhere);
        await places.SignInAsync(Places.InTokyo);
        await places.SignInAsync(Places.InJapan);

        var events = await places.App.EventsAsync();
        Assert.Equal([false, false, true, false], events.Select(row => row.IsImpossibleTravel));
        Assert.Equal([true, true, false, true], events.Select(row => row.TravelDistance is null)); // Tokyo to "somewhere in Japan" says nothing
    }

    [Fact]
    public async Task Neither_failed_attempts_nor_other_peoples_sign_ins_are_travel()
    {
        await using var places = await PlacesApp.StartAsync(new Places(), options: SpeedLimit);
        await places.App.CreateUserAsync("bob@example.com");
        await places.SignInAsync(Places.InMadrid);
        places.Address = Places.InTokyo;

        await places.App.NewDevice().SignInAsync(password: "wrong");
        await places.App.NewDevice().SignInAsync("bob@example.com");

        Assert.All(await places.App.EventsAsync(), row => Assert.Null(row.TravelDistance));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task It_is_told_once_when_the_place_comes_late(string provider)
    {
        var geolocator = new GatedGeolocator();
        await using var places = await PlacesApp.StartAsync(geolocator, provider, LateSpeedLimit);
        await places.SignInAsync(Places.InMadrid);
        await places.SignInAsync(Places.InTokyo);
        geolocator.Answer(Places.InMadrid, Places.Madrid);
        await Eventually.TrueAsync(async () => (await places.App.EventsAsync())[0].City is not null, "the first place is there");
        Assert.Empty(places.Impossible);

        geolocator.Answer(Places.InTokyo, Places.Tokyo);

        await AssertToldOnceAsync(places);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task It_is_told_once_when_the_places_come_in_the_wrong_order(string provider)
    {
        var geolocator = new GatedGeolocator();
        await using var places = await PlacesApp.StartAsync(geolocator, provider, LateSpeedLimit);
        await places.SignInAsync(Places.InMadrid);
        await places.SignInAsync(Places.InTokyo);
        geolocator.Answer(Places.InTokyo, Places.Tokyo);
        await Eventually.TrueAsync(async () => (await places.App.EventsAsync())[1].City is not null, "the second place is there");

        geolocator.Answer(Places.InMadrid, Places.Madrid);

        await AssertToldOnceAsync(places);
    }

    [Fact]
    public async Task A_hook_of_its_own_that_fails_keeps_no_other_from_being_told()
    {
        await using var places = await PlacesApp.StartAsync(new Places(), options: options =>
        {
            SpeedLimit(options);
            options.Events.OnImpossibleTravel = _ => throw new InvalidOperationException();
        });
        await places.SignInAsync(Places.InMadrid);
        var device = await places.SignInAsync(Places.InTokyo);
        await device.PostAsync("/signout");

        await Eventually.TrueAsync(() => Task.FromResult(places.Told.Count == 3), "the other hook is told");
        Assert.Contains(places.App.Logs.GetSnapshot(), line => line.Id.Id == 14);
    }

    private static async Task AssertToldOnceAsync(PlacesApp places)
    {
        await Eventually.TrueAsync(() => Task.FromResult(places.Impossible.Count == 1), "the hook is told");
        var events = await places.App.EventsAsync();
        Assert.Equal([false, true], events.Select(row => row.IsImpossibleTravel));
        Assert.InRange(events[1].TravelDistance!.Value, 10_700, 10_850);
        Assert.Equal(("Tokyo", events[1].Id), (places.Impossible[0].Location!.City, places.Impossible[0].Id));

        // Whatever is told after it comes after it: neither this hook nor the other heard of it twice.
        await places.App.NewDevice().SignInAsync(password: "wrong");
        await Eventually.TrueAsync(() => Task.FromResult(places.Told.Count == 3), "a later event is told");
        Assert.Single(places.Impossible);
    }

    private static void SpeedLimit(UserSessionOptions options) => options.Geolocation.ImpossibleTravelSpeed = 1_000;

    private static void LateSpeedLimit(UserSessionOptions options)
    {
        SpeedLimit(options);
        options.Geolocation.MaxWait = TimeSpan.Zero;
    }
}
