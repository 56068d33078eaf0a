using System.Net;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Locations;

/// <summary>The test's app, with a geolocator and a client whose address the test chooses.</summary>
internal sealed class PlacesApp : IAsyncDisposable
{
    private readonly TestDatabase _database;

    private PlacesApp(TestDatabase database) => _database = database;

    public TestApp App { get; private set; } = null!;

    public string? Address { get; set; }

    public List<SessionEventInfo> Impossible { get; } = [];

    public List<SessionEventInfo> Told { get; } = [];

    public static async Task<PlacesApp> StartAsync(
        IIpGeolocator? geolocator = null, string provider = "sqlite", Action<UserSessionOptions>? options = null, Action<TestAppSetup>? configure = null)
    {
        var places = new PlacesApp(await TestDatabase.CreateAsync(provider));
        places.App = await TestApp.StartAsync(setup =>
        {
            setup.Database = places._database;
            setup.Options = settings =>
            {
                settings.IpAddressResolver = _ => places.Address is { } address ? IPAddress.Parse(address) : null;
                settings.Events.OnEvent = context => Add(places.Told, context.Event);
                settings.Events.OnImpossibleTravel = context => Add(places.Impossible, context.Event);
                options?.Invoke(settings);
            };
            if (geolocator is not null)
            {
                setup.ConfigureServices = services => services.AddSingleton(geolocator);
            }

            configure?.Invoke(setup);
        });
        await places.App.CreateUserAsync();
        return places;
    }

    /// <summary>Signs in from an address, in a browser of its own.</summary>
    public async Task<Device> SignInAsync(string address)
    {
        Address = address;
        var device = App.NewDevice();
        Assert.Equal("Succeeded", await device.SignInAsync());
        return device;
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static Task Add(List<SessionEventInfo> list, SessionEventInfo sessionEvent)
    {
        lock (list)
        {
            list.Add(sessionEvent);
        }

        return Task.CompletedTask;
    }
}
