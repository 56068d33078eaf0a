using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Locations;

/// <summary>A geolocator that is slow, hangs or fails: nobody waits for it, and what comes later is filled in.</summary>
public sealed class LatePlaceTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_place_that_comes_after_the_sign_in_is_filled_into_its_row_and_event(string provider)
    {
        var geolocator = new GatedGeolocator();
        await using var places = await PlacesApp.StartAsync(geolocator, provider, NoWait);
        var other = await places.SignInAsync(Places.Nowhere);

        var device = await places.SignInAsync(Places.InMadrid);
        Assert.True(await device.IsSignedInAsync());
        Assert.All(await places.App.SessionsAsync(), row => Assert.Null(row.Country));
        geolocator.Answer(Places.InMadrid, Places.Madrid);

        await Eventually.TrueAsync(async () => (await places.App.EventsAsync()).Any(row => row.Latitude is not null), "the place is filled in");
        var session = Assert.Single(await places.App.SessionsAsync(), row => row.City == "Madrid");
        var signedIn = Assert.Single(await places.App.EventsAsync(), row => row.City == "Madrid");
        Assert.Equal((session.Id, session.Id.ToString()), (signedIn.SessionId, await device.SessionIdAsync()));
        Assert.Equal(("ES", "Spain", 3352, 40.42, -3.70), (signedIn.CountryCode, signedIn.Country, signedIn.AutonomousSystemNumber, signedIn.Latitude, signedIn.Longitude));
        Assert.NotEqual(session.Id.ToString(), await other.SessionIdAsync());
    }

    [Fact]
    public async Task A_failed_attempt_gets_its_place_later_too()
    {
        var geolocator = new GatedGeolocator();
        await using var places = await PlacesApp.StartAsync(geolocator, options: NoWait);
        places.Address = Places.InMadrid;
        await places.App.NewDevice().SignInAsync(password: "wrong");

        geolocator.Answer(Places.InMadrid, Places.Madrid);

        await Eventually.TrueAsync(async () => (await places.App.EventsAsync()).Single().City == "Madrid", "the place is filled in");
    }

    [Fact]
    public async Task The_end_of_a_session_that_was_over_before_gets_it_as_well()
    {
        var geolocator = new GatedGeolocator();
        await using var places = await PlacesApp.StartAsync(geolocator, options: NoWait);
        var device = await places.SignInAsync(Places.InMadrid);
        await device.PostAsync("/signout");

        geolocator.Answer(Places.InMadrid, Places.Madrid);

        await Eventually.TrueAsync(async () => (await places.App.EventsAsync()).All(row => row.City == "Madrid"), "both events have the place");
        Assert.Equal([SessionEventKind.SignedIn, SessionEventKind.SignedOut], (await places.App.EventsAsync()).Select(row => row.Kind));
    }

    [Fact]
    public async Task A_sign_in_waits_as_long_as_the_option_says_and_no_longer()
    {
        var geolocator = new GatedGeolocator();
        await using var places = await PlacesApp.StartAsync(geolocator, options: options => options.TrackingTimeout = TimeSpan.FromMinutes(1));
        places.Address = Places.InMadrid;
        var signIn = places.App.NewDevice().SignInAsync();
        await Eventually.TrueAsync(() => Task.FromResult(geolocator.Asked == 1), "the geolocator is asked");
        Assert.False(signIn.IsCompleted);

        // The wait may begin a moment after the asking, and the sign-in goes on a moment after the wait: only the wait is as short as that.
        await Eventually.TrueAsync(
            () =>
            {
                places.App.Time.Advance(TimeSpan.FromMilliseconds(50));
                return Task.FromResult(signIn.IsCompleted);
            },
            "the sign-in goes on");

        Assert.Equal("Succeeded", await signIn);
        Assert.DoesNotContain(places.App.Logs.GetSnapshot(), line => line.Level >= LogLevel.Error);
    }

    [Fact]
    public async Task A_place_that_comes_in_time_is_there_with_the_sign_in()
    {
        var geolocator = new GatedGeolocator();
        await using var places = await PlacesApp.StartAsync(geolocator);
        places.Address = Places.InMadrid;
        var signIn = places.App.NewDevice().SignInAsync();
        await Eventually.TrueAsync(() => Task.FromResult(geolocator.Asked == 1), "the geolocator is asked");

        geolocator.Answer(Places.InMadrid, Places.Madrid);

        Assert.Equal("Succeeded", await signIn);
        await Eventually.TrueAsync(() => Task.FromResult(places.Told.Count == 1), "the hook is told");
        Assert.Equal("Madrid", places.Told[0].Location!.City);
    }

    [Fact]
    public async Task One_that_never_answers_is_given_up_and_one_that_fails_late_is_no_harm()
    {
        var geolocator = new GatedGeolocator();
        await using var places = await PlacesApp.StartAsync(geolocator, options: NoWait);
        await places.SignInAsync(Places.InMadrid);
        await places.SignInAsync(Places.InTokyo);

        geolocator.Fail(Places.InTokyo);
        places.App.Time.Advance(TimeSpan.FromSeconds(30));

        await Eventually.TrueAsync(
            () => Task.FromResult(places.App.Logs.GetSnapshot().Any(line => line.Message.Contains("LocateAddress", StringComparison.Ordinal))), "it is told in the log");
        Assert.All(await places.App.SessionsAsync(), row => Assert.Null(row.Country));
        Assert.Equal("Succeeded", await places.App.NewDevice().SignInAsync());
    }

    [Fact]
    public async Task However_many_hang_no_more_than_a_bounded_number_are_asked()
    {
        var geolocator = new GatedGeolocator();
        await using var places = await PlacesApp.StartAsync(geolocator, options: NoWait);
        places.Address = Places.InMadrid;
        for (var i = 0; i < 70; i++)
        {
            Assert.Equal("Failed", await places.App.NewDevice().SignInAsync(name: $"nobody{i}"));
        }

        Assert.InRange(geolocator.Asked, 1, 64);
        Assert.Equal(70, (await places.App.EventsAsync()).Count);
    }

    private static void NoWait(UserSessionOptions options) => options.Geolocation.MaxWait = TimeSpan.Zero;
}
