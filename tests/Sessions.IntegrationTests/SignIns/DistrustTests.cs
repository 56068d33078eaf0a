using System.Net;
using System.Reflection;
using Sessions.Identity;
using Sessions.Identity.Stores;
using Sessions.IntegrationTests.Concurrency;
using Sessions.IntegrationTests.Harness;
using Sessions.IntegrationTests.Locations;

namespace Sessions.IntegrationTests.SignIns;

/// <summary>Which ends make a device new when it comes back: the same ones, however it is known again.</summary>
public sealed class DistrustTests
{
    private static readonly string[] _distrusts =
    [
        SessionEndReason.RevokedByUser, SessionEndReason.RevokedEverywhereElse, SessionEndReason.RevokedByAdmin, SessionEndReason.ReportedByUser,
    ];

    public static TheoryData<string> Reasons =>
        [.. typeof(SessionEndReason).GetFields(BindingFlags.Public | BindingFlags.Static).Select(reason => (string)reason.GetRawConstantValue()!)];

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task A_browser_with_its_id_is_new_after_the_ends_that_distrust_it(string reason)
    {
        await using var app = await StartAsync();
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();

        await EndAsync(app, reason);
        await device.SignInAsync();

        Assert.Equal([false, _distrusts.Contains(reason)], await NewDeviceTests.FlagsAsync(app));
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task A_device_without_its_id_is_new_after_the_ends_that_distrust_its_sort(string reason)
    {
        await using var app = await StartAsync();
        await app.CreateUserAsync();
        await app.NewDevice().SignInAsync();

        await EndAsync(app, reason);
        await app.NewDevice().SignInAsync();

        Assert.Equal([false, _distrusts.Contains(reason)], await NewDeviceTests.FlagsAsync(app));
    }

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task A_device_that_was_signed_in_before_the_install_is_new_after_the_ends_that_distrust_it(string reason)
    {
        await using var database = TestDatabase.Sqlite();
        var (app, devices) = await ConcurrentApp.StartAfterInstallAsync(database, 1, ResolveAddress, services => services.AddSingleton<IIpGeolocator>(new Places()));
        await using var running = app;
        Assert.True(await devices[0].IsSignedInAsync());

        await EndAsync(app, reason);
        await app.NewDevice().SignInAsync();

        Assert.Equal([_distrusts.Contains(reason)], await NewDeviceTests.FlagsAsync(app));
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(setup =>
    {
        ResolveAddress(setup);
        setup.ConfigureServices = services => services.AddSingleton<IIpGeolocator>(new Places());
    });

    private static void ResolveAddress(TestAppSetup setup) => setup.Options = options => options.IpAddressResolver = _ => IPAddress.Parse(Places.InMadrid);

    private static async Task EndAsync(TestApp app, string reason)
    {
        var session = Assert.Single(await app.SessionsAsync());
        var end = new SessionEnd { Reason = reason, At = app.Time.GetUtcNow() };
        await app.InScopeAsync(services => services.GetRequiredService<IUserSessionStore>().EndAsync(session.UserId, session.Id, end, CancellationToken.None));
        Assert.Equal(reason, Assert.Single(await app.SessionsAsync()).EndReason);
    }
}
