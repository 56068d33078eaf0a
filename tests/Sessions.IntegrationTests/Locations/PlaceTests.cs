using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Locations;

/// <summary>Where a sign-in comes from: its address, and its place.</summary>
public sealed class PlaceTests
{
    [Fact]
    public async Task Row_and_event_have_the_place_and_only_the_event_has_coordinates_rounded()
    {
        await using var places = await PlacesApp.StartAsync(new Places());

        await places.SignInAsync(Places.InMadrid);

        var session = Assert.Single(await places.App.SessionsAsync());
        var signedIn = Assert.Single(await places.App.EventsAsync());
        Assert.Equal(("ES", "Spain", "Madrid", "Madrid"), (session.CountryCode, session.Country, session.Region, session.City));
        Assert.Equal(("ES", "Spain", "Madrid", "Madrid"), (signedIn.CountryCode, signedIn.Country, signedIn.Region, signedIn.City));
        Assert.Equal((3352, "Telefonica"), (session.AutonomousSystemNumber, session.Organization));
        Assert.Equal((40.42, -3.70), (signedIn.Latitude, signedIn.Longitude));
        Assert.DoesNotContain(session.GetType().GetProperties(), property => property.Name is "Latitude" or "Longitude");
    }

    [Fact]
    public async Task A_failed_attempt_has_its_place_too()
    {
        await using var places = await PlacesApp.StartAsync(new Places(), options: options => options.CoordinateDecimals = 0);
        places.Address = Places.InMadrid;

        await places.App.NewDevice().SignInAsync(password: "wrong");

        var failed = Assert.Single(await places.App.EventsAsync());
        Assert.Equal(("Madrid", 40, -4), (failed.City, failed.Latitude, failed.Longitude));
    }

    [Theory]
    [InlineData("10.0.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("203.0.113.7")]
    [InlineData("::1")]
    [InlineData("fd00::1")]
    public async Task An_address_that_is_nowhere_is_not_even_asked_about(string address)
    {
        var geolocator = new GatedGeolocator();
        await using var places = await PlacesApp.StartAsync(geolocator);

        await places.SignInAsync(address);

        Assert.Equal(0, geolocator.Asked);
        var session = Assert.Single(await places.App.SessionsAsync());
        Assert.Equal((address, null), (session.IpAddress, session.Country));
    }

    [Fact]
    public async Task Half_a_pair_of_coordinates_and_one_that_is_not_on_earth_are_left_out()
    {
        var geolocator = new GatedGeolocator();
        geolocator.Answer(Places.InMadrid, Places.Madrid with { Longitude = null });
        geolocator.Answer(Places.InTokyo, Places.Tokyo with { Latitude = 91 });
        await using var places = await PlacesApp.StartAsync(geolocator);

        await places.SignInAsync(Places.InMadrid);
        await places.SignInAsync(Places.InTokyo);

        Assert.All(await places.App.EventsAsync(), row => Assert.Equal((null, null), (row.Latitude, row.Longitude)));
    }

    [Fact]
    public async Task The_address_is_what_forwarded_headers_made_of_it()
    {
        await using var app = await TestApp.StartAsync(setup => setup.ConfigureApp = Behind("10.0.0.2", "81.2.69.160:51234"));
        await app.CreateUserAsync();
        await app.NewDevice().SignInAsync();

        Assert.Equal("81.2.69.160", Assert.Single(await app.SessionsAsync()).IpAddress);
    }

    [Fact]
    public async Task A_truncated_address_is_all_that_is_kept_or_looked_up()
    {
        await using var places = await PlacesApp.StartAsync(
            new Places(), options: options => options.IpAddressMode = IpAddressMode.Truncated);

        var device = await places.SignInAsync("81.2.69.1");
        places.App.Time.Advance(TimeSpan.FromMinutes(10));
        await device.IsSignedInAsync();

        var signedIn = Assert.Single(await places.App.EventsAsync());
        Assert.Equal("81.2.69.0", signedIn.IpAddress);
        Assert.Null(signedIn.City); // it was asked for the network's address, which this geolocator does not know
        await Eventually.TrueAsync(async () => (await places.App.SessionsAsync()).Single().LastSeenAt > signedIn.OccurredAt, "the touch is written");
        var session = Assert.Single(await places.App.SessionsAsync());
        Assert.Equal(("81.2.69.0", "81.2.69.0"), (session.IpAddress, session.LastSeenIpAddress));
    }

    [Fact]
    public async Task A_resolver_that_fails_costs_the_address_and_nothing_else()
    {
        await using var places = await PlacesApp.StartAsync(options: options => options.IpAddressResolver = _ => throw new InvalidOperationException());

        await places.SignInAsync(Places.InMadrid);

        var session = Assert.Single(await places.App.SessionsAsync());
        Assert.Null(session.IpAddress);
        Assert.Equal(Device.ChromeOnWindows, session.UserAgent);
    }

    internal static Action<WebApplication> Behind(string proxy, string client, params (string Name, string Value)[] headers) => app =>
    {
        app.Use((context, next) =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse(proxy);
            context.Request.Headers["X-Forwarded-For"] = client;
            foreach (var (name, value) in headers)
            {
                context.Request.Headers[name] = value;
            }

            return next(context);
        });
        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor };
        forwarded.KnownProxies.Add(IPAddress.Parse(proxy));
        app.UseForwardedHeaders(forwarded);
    };
}
