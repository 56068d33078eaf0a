using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;
using IPNetwork = System.Net.IPNetwork;

namespace Sessions.IntegrationTests.Locations;

/// <summary>Hosts behind a CDN, and hosts that believe one that is not there.</summary>
public sealed class CdnTests
{
    private static readonly (string, string)[] _country = [("CF-IPCountry", "ES")];

    [Fact]
    public async Task Cloudflares_headers_are_believed_when_the_host_says_so()
    {
        await using var app = await StartAsync(
            [("CF-IPCountry", "ES"), ("CF-IPCity", "Madrid"), ("CF-Region", "Madrid"), ("CF-IPLatitude", "40.41680"), ("CF-IPLongitude", "-3.70380")],
            options => options.Geolocation.TrustCloudflareHeaders = true);

        var signedIn = await SignInAsync(app);

        Assert.Equal(("ES", "Spain", "Madrid", 40.42, -3.70), (signedIn.CountryCode, signedIn.Country, signedIn.City, signedIn.Latitude, signedIn.Longitude));
    }

    [Fact]
    public async Task They_are_not_believed_otherwise()
    {
        await using var app = await StartAsync(_country);

        Assert.Null((await SignInAsync(app)).Country);
    }

    [Fact]
    public async Task A_geolocator_that_knows_the_city_goes_before_a_mere_country()
    {
        await using var app = await StartAsync(_country, options => options.Geolocation.TrustCloudflareHeaders = true, new Places(), Places.InMadrid);

        Assert.Equal("Madrid", (await SignInAsync(app)).City);
    }

    [Fact]
    public async Task A_city_in_the_headers_goes_before_the_geolocator_which_adds_the_network()
    {
        await using var app = await StartAsync(
            [("CF-IPCountry", "ES"), ("CF-IPCity", "Getafe")], options => options.Geolocation.TrustCloudflareHeaders = true, new Places(), Places.InMadrid);

        var signedIn = await SignInAsync(app);

        Assert.Equal(("Getafe", "Telefonica"), (signedIn.City, signedIn.Organization));
    }

    [Fact]
    public async Task The_country_is_there_at_once_while_a_slow_geolocator_is_asked_for_more()
    {
        var geolocator = new GatedGeolocator();
        await using var app = await StartAsync(
            _country,
            options => (options.Geolocation.TrustCloudflareHeaders, options.Geolocation.MaxWait) = (true, TimeSpan.Zero),
            geolocator,
            Places.InMadrid);

        Assert.Equal(("Spain", null), ((await SignInAsync(app)).Country, (await app.EventsAsync())[0].City));
        geolocator.Answer(Places.InMadrid, Places.Madrid);

        await Eventually.TrueAsync(async () => (await app.SessionsAsync()).Single().City == "Madrid", "the city is filled in");
    }

    public static TheoryData<string, Action<UserSessionOptions>, Action<ForwardedHeadersOptions>?, string?> Trusts => new()
    {
        { "nothing is trusted", _ => { }, null, null },
        { "headers of the place", options => options.Geolocation.TrustCloudflareHeaders = true, null, "Geolocation.TrustCloudflareHeaders" },
        { "a resolver of the host's", options => options.IpAddressResolver = _ => null, null, "IpAddressResolver" },
        { "a resolver with networks", options => options.IpAddressResolver = IpAddressResolvers.FromHeader("CF-Connecting-IP", IPNetwork.Parse("173.245.48.0/20")), null, null },
        { "known networks", options => options.Geolocation.TrustCloudflareHeaders = true, forwarded => forwarded.KnownIPNetworks.Add(IPNetwork.Parse("173.245.48.0/20")), null },
        { "known proxies", options => options.IpAddressResolver = _ => null, forwarded => forwarded.KnownProxies.Add(IPAddress.Parse("10.0.0.2")), null },
        { "a header of a CDN from everybody", _ => { }, FromEverybody, "ForwardedHeadersOptions.ForwardedForHeaderName" },
    };

    [Theory]
    [MemberData(nameof(Trusts))]
    public async Task Headers_that_are_believed_without_known_networks_are_warned_of_at_start(
        string what, Action<UserSessionOptions> options, Action<ForwardedHeadersOptions>? forwarded, string? named)
    {
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.Options = options;
            setup.ConfigureServices = services => services.Configure(forwarded ?? (_ => { }));
        });

        var warnings = app.Logs.GetSnapshot().Where(line => line.Id.Id == 62).Select(line => line.Message).ToList();

        Assert.True(warnings.Count == (named is null ? 0 : 1), what);
        Assert.All(warnings, warning => Assert.Contains(named!, warning, StringComparison.Ordinal));
    }

    private static void FromEverybody(ForwardedHeadersOptions options)
    {
        options.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
        options.ForwardedForHeaderName = "CF-Connecting-IP";
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
    }

    private static async Task<TestApp> StartAsync(
        (string, string)[] headers, Action<UserSessionOptions>? options = null, IIpGeolocator? geolocator = null, string client = "81.2.69.160")
    {
        var app = await TestApp.StartAsync(setup =>
        {
            setup.Options = options;
            setup.ConfigureApp = PlaceTests.Behind("10.0.0.2", client, headers);
            if (geolocator is not null)
            {
                setup.ConfigureServices = services => services.AddSingleton(geolocator);
            }
        });
        await app.CreateUserAsync();
        return app;
    }

    private static async Task<IdentitySessionEvent<string>> SignInAsync(TestApp app)
    {
        Assert.Equal("Succeeded", await app.NewDevice().SignInAsync());
        return Assert.Single(await app.EventsAsync());
    }
}
