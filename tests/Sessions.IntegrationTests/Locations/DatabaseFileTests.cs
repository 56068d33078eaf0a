using Sessions.Identity.Tests.Locations;

namespace Sessions.IntegrationTests.Locations;

/// <summary>The files that the options name, in an app.</summary>
public sealed class DatabaseFileTests
{
    [Fact]
    [Trait("Category", MaxMindFiles.Category)]
    public async Task A_file_is_all_that_an_app_needs_for_places()
    {
        var (cities, networks) = (MaxMindFiles.Path("GeoLite2-City-Test"), MaxMindFiles.Path("GeoLite2-ASN-Test"));
        await using var places = await PlacesApp.StartAsync(options: options =>
        {
            options.Geolocation.DatabasePath = cities;
            options.Geolocation.AsnDatabasePath = networks;
            options.Geolocation.Language = "es";
        });

        await places.SignInAsync("81.2.69.160");
        await places.SignInAsync("1.128.0.1");

        var sessions = await places.App.SessionsAsync();
        Assert.Equal(("Londres", "Reino Unido", "GB"), (sessions[0].City, sessions[0].Country, sessions[0].CountryCode));
        Assert.Equal((1221, "Telstra Pty Ltd"), (sessions[1].AutonomousSystemNumber, sessions[1].Organization));
    }

    [Fact]
    public async Task A_missing_file_is_one_warning_and_people_sign_in_as_ever()
    {
        await using var places = await PlacesApp.StartAsync(options: options => options.Geolocation.DatabasePath = "not/there.mmdb");

        await places.SignInAsync("81.2.69.160");
        await places.SignInAsync("81.2.69.160");

        Assert.All(await places.App.SessionsAsync(), session => Assert.Null(session.Country));
        var warning = Assert.Single(places.App.Logs.GetSnapshot(), line => line.Id.Id == 60);
        Assert.Contains("'not/there.mmdb'", warning.Message, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Category", MaxMindFiles.Category)]
    [InlineData("GeoIP2-Connection-Type-Test")]
    [InlineData("GeoIP2-City-Test-Broken-Double-Format")]
    [InlineData("GeoIP2-City-Test-Invalid-Node-Count")]
    [InlineData("MaxMind-DB-test-broken-pointers-24")]
    [InlineData("MaxMind-DB-test-broken-search-tree-24")]
    public async Task A_file_of_another_type_or_a_corrupt_one_is_one_warning_and_people_sign_in_as_ever(string file)
    {
        var path = MaxMindFiles.Path(file);
        await using var places = await PlacesApp.StartAsync(options: options => options.Geolocation.DatabasePath = path);

        await places.SignInAsync("81.2.69.160");
        var device = await places.SignInAsync("81.2.69.160");

        Assert.True(await device.IsSignedInAsync());
        Assert.All(await places.App.SessionsAsync(), session => Assert.Null(session.Country));
        Assert.Contains(path, Assert.Single(places.App.Logs.GetSnapshot(), line => line.Id.Id == 60).Message, StringComparison.Ordinal);
    }
}
