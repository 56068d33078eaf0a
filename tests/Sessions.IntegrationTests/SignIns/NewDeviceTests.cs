using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.IntegrationTests.Concurrency;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.SignIns;

/// <summary>Which sign-ins come from a device that is new to their user.</summary>
public sealed class NewDeviceTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task The_very_first_sign_in_is_not_new_and_that_of_another_browser_is(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await TestApp.StartAsync(setup => setup.Database = database);
        await app.CreateUserAsync();
        await app.CreateUserAsync("bob@example.com");
        var device = app.NewDevice();

        await device.SignInAsync();
        await device.PostAsync("/signout");
        await device.SignInAsync();
        await app.NewDevice(Device.SafariOnIPhone).SignInAsync();
        await app.NewDevice().SignInAsync(); // the same sort of browser, but not the same one
        await app.NewDevice().SignInAsync("bob@example.com");

        Assert.Equal([false, false, true, true, false], await FlagsAsync(app));
    }

    [Fact]
    public async Task A_device_is_known_long_after_its_session_and_through_browser_updates()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        app.Time.Advance(TimeSpan.FromDays(30));
        await app.InDatabaseAsync(db => db.Set<IdentityUserSession<string>>().ExecuteDeleteAsync());

        await app.NewDevice(Device.SafariOnIPhone, device.Cookies).SignInAsync();

        Assert.Equal([false, false], await FlagsAsync(app));
    }

    [Theory]
    [InlineData("sqlite", "ES", "ES", false)]
    [InlineData("postgres", "ES", "ES", false)]
    [InlineData("sqlite", "ES", "FR", true)]
    [InlineData("sqlite", null, null, true)] // an unknown country is not the same
    public async Task Without_its_cookie_a_device_of_the_same_sort_is_known_in_the_same_country(string provider, string? first, string? then, bool isNew)
    {
        var country = first;
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.Database = database;
            setup.Options = options => options.IpAddressResolver = _ => IPAddress.Parse("81.2.69.160");
            setup.ConfigureServices = services => services.AddSingleton<IIpGeolocator>(new CountryGeolocator(() => country));
        });
        await app.CreateUserAsync();
        await app.NewDevice().SignInAsync();
        country = then;

        await app.NewDevice().SignInAsync();

        Assert.Equal([false, isNew], await FlagsAsync(app));
    }

    [Fact]
    public async Task Another_sort_of_browser_is_new_in_the_same_country_too()
    {
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.Options = options => options.IpAddressResolver = _ => IPAddress.Parse("81.2.69.160");
            setup.ConfigureServices = services => services.AddSingleton<IIpGeolocator>(new CountryGeolocator(() => "ES"));
        });
        await app.CreateUserAsync();
        await app.NewDevice().SignInAsync();

        await app.NewDevice(Device.SafariOnIPhone).SignInAsync();

        Assert.Equal([false, true], await FlagsAsync(app));
    }

    [Fact]
    public async Task A_device_that_never_had_an_id_is_known_by_its_sort()
    {
        await using var app = await TestApp.StartAsync(setup => setup.ConfigureEndpoints = endpoints => endpoints.MapPost(
            "/token", async (HttpContext context, UserManager<IdentityUser> users) => await context.TrackSignInAsync((await users.FindByNameAsync("ada@example.com"))!, "token")));
        await app.CreateUserAsync();
        await app.NewDevice().PostAsync("/token");

        await app.NewDevice().PostAsync("/token");
        await app.NewDevice().SignInAsync();
        await app.NewDevice(Device.SafariOnIPhone).PostAsync("/token");

        Assert.Equal([false, false, false, true], await FlagsAsync(app));
    }

    [Theory]
    [InlineData("revoked")]
    [InlineData("everywhere else")]
    [InlineData("by an administrator")]
    public async Task A_device_that_was_revoked_is_new_when_it_comes_back(string how)
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateUserAsync();
        var mine = app.NewDevice(Device.SafariOnIPhone);
        await mine.SignInAsync();
        var other = app.NewDevice();
        await other.SignInAsync();
        var id = await other.SessionIdAsync();

        Task revoked = how switch
        {
            "revoked" => mine.PostAsync($"/revoke?id={id}"),
            "everywhere else" => mine.PostAsync("/revoke-others"),
            _ => app.RevokeAsync(Guid.Parse(id)),
        };
        await revoked;
        await other.SignInAsync();
        await other.PostAsync("/signout");
        await other.SignInAsync();
        await mine.SignInAsync();

        Assert.Equal([false, true, true, false, false], await FlagsAsync(app));
    }

    [Fact]
    public async Task Signing_out_and_expiring_forget_nothing()
    {
        await using var app = await TestApp.StartAsync();
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        await device.PostAsync("/signout");
        await device.SignInAsync();

        Assert.Equal([false, false], await FlagsAsync(app));
    }

    [Fact]
    public async Task People_who_were_signed_in_before_the_install_have_their_devices_known()
    {
        await using var database = TestDatabase.Sqlite();
        var (app, devices) = await ConcurrentApp.StartAfterInstallAsync(database, 1);
        await using var running = app;
        Assert.True(await devices[0].IsSignedInAsync());

        await app.NewDevice(Device.SafariOnIPhone).SignInAsync();
        await app.NewDevice().SignInAsync();

        Assert.Equal([true, false], await FlagsAsync(app));
    }

    internal static async Task<List<bool>> FlagsAsync(TestApp app) =>
        [.. (await app.EventsAsync()).Where(row => row.Kind == SessionEventKind.SignedIn).Select(row => row.IsNewDevice)];

    private sealed class CountryGeolocator(Func<string?> country) : IIpGeolocator
    {
        public ValueTask<IpLocation?> LocateAsync(IPAddress address, CancellationToken cancellationToken) =>
            new(country() is { } code ? new IpLocation { CountryCode = code } : null);
    }
}
