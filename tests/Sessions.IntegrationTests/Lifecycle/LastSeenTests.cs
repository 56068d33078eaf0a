using System.Net;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.IntegrationTests.Concurrency;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Lifecycle;

public sealed class LastSeenTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Activity_is_written_once_an_interval_with_the_address_it_came_from(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var touches = new UpdateCounter();
        var address = IPAddress.Parse("203.0.113.7");
        await using var app = await StartAsync(database, touches, options => options.IpAddressResolver = _ => address);
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        var began = (await app.SessionsAsync()).Single();
        app.Time.Advance(TimeSpan.FromMinutes(4));
        await device.IsSignedInAsync();
        Assert.Equal(0, touches.Rows);

        address = IPAddress.Parse("198.51.100.9");
        app.Time.Advance(TimeSpan.FromMinutes(2));
        await device.IsSignedInAsync();
        await Eventually.TrueAsync(() => Task.FromResult(touches.Rows == 1));
        app.Time.Advance(TimeSpan.FromMinutes(4));
        await device.IsSignedInAsync();

        var session = (await app.SessionsAsync()).Single();
        Assert.Equal(("203.0.113.7", "198.51.100.9"), (session.IpAddress, session.LastSeenIpAddress));
        Assert.InRange(session.LastSeenAt, began.LastSeenAt + TimeSpan.FromMinutes(6), began.LastSeenAt + TimeSpan.FromMinutes(7));
        Assert.Equal(1, touches.Rows);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Without_an_interval_activity_is_never_written_even_when_the_cookie_slides(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database, new UpdateCounter(), options => options.LastSeenInterval = null);
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        var began = (await app.SessionsAsync()).Single();
        app.Time.Advance(TimeSpan.FromDays(8));

        Assert.True(await device.IsSignedInAsync());
        await Eventually.TrueAsync(async () => (await app.SessionsAsync()).Single().ExpiresAt > began.ExpiresAt, "the ticket's end is kept all the same");

        Assert.Equal(began.LastSeenAt, (await app.SessionsAsync()).Single().LastSeenAt);
    }

    [Fact]
    public async Task A_client_that_keeps_its_old_cookie_is_written_no_more_often_than_its_activity()
    {
        var touches = new UpdateCounter();
        await using var app = await StartAsync(TestDatabase.Sqlite(), touches, options => options.IdleTimeout = TimeSpan.FromDays(10)); // each request waits for its write
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        app.Time.Advance(TimeSpan.FromDays(8)); // each answer renews the ticket from now on

        for (var request = 0; request < 20; request++)
        {
            app.Time.Advance(TimeSpan.FromSeconds(70));
            Assert.True(await device.Copy().IsSignedInAsync());
        }

        Assert.Equal(4, touches.Rows); // in 23 minutes, at most every 5
    }

    [Fact]
    public async Task A_ticket_that_slides_often_is_written_no_more_often_than_its_activity()
    {
        var touches = new UpdateCounter();
        await using var app = await StartAsync(
            TestDatabase.Sqlite(),
            touches,
            options => (options.LastSeenInterval, options.IdleTimeout) = (TimeSpan.FromHours(1), TimeSpan.FromHours(10)),
            services => services.Configure<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme, options => options.ExpireTimeSpan = TimeSpan.FromMinutes(20)));
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();

        for (var request = 0; request < 18; request++)
        {
            app.Time.Advance(TimeSpan.FromMinutes(3));
            Assert.True(await device.IsSignedInAsync());
        }

        Assert.Equal(1, touches.Rows);
    }

    [Fact]
    public async Task Whether_a_session_is_active_now_follows_the_interval()
    {
        await using var app = await TestApp.StartAsync(setup => setup.Options = options => options.LastSeenInterval = TimeSpan.FromMinutes(2));
        var user = await app.CreateUserAsync();
        await app.NewDevice().SignInAsync();

        Assert.True(await IsActiveAsync(app, user));
        app.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await IsActiveAsync(app, user));
        app.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(await IsActiveAsync(app, user));
    }

    [Fact]
    public async Task Without_an_interval_nobody_is_said_to_be_active_now()
    {
        await using var app = await TestApp.StartAsync(setup => setup.Options = options => options.LastSeenInterval = null);
        var user = await app.CreateUserAsync();
        await app.NewDevice().SignInAsync();

        Assert.False(await IsActiveAsync(app, user));
    }

    private static async Task<bool> IsActiveAsync(TestApp app, IdentityUser user) =>
        (await app.WithUsersAsync(users => users.GetSessionsAsync(user))).Single().IsActiveNow;

    private static Task<TestApp> StartAsync(
        TestDatabase database, UpdateCounter touches, Action<UserSessionOptions> options, Action<IServiceCollection>? services = null) => TestApp.StartAsync(setup =>
    {
        setup.ConfigureServices = services ?? setup.ConfigureServices;
        setup.Database = database;
        setup.Options = options;
        setup.ConfigureContext = (services, own) => services.AddDbContext<TestDb>(db =>
        {
            own.Use(db);
            db.AddInterceptors(touches);
        });
    });
}
