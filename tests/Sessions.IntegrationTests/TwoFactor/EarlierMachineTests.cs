using System.Net;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.TwoFactor;

/// <summary>Machines that were remembered before Sessions was there.</summary>
public sealed class EarlierMachineTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task One_is_valid_until_its_first_use_and_bound_from_then_on(string provider)
    {
        await using var story = await Story.BeginAsync(provider);
        await using var app = await story.InstallAsync();
        var device = story.Return(app);
        var (before, old) = (device.Machine(), app.CopyMachine(device));

        Assert.True(await device.IsRememberedAsync());
        Assert.NotEqual(before, device.Machine());
        Assert.True(await device.IsRememberedAsync());
        await app.RevokeAllAsync();

        Assert.False(await device.IsRememberedAsync());
        Assert.False(await old.IsRememberedAsync()); // the cookie as it was before
    }

    [Fact]
    public async Task One_is_bound_with_its_session_that_is_adopted()
    {
        await using var story = await Story.BeginAsync("sqlite");
        await using var app = await story.InstallAsync();
        var device = story.Return(app);
        Assert.True(await device.IsSignedInAsync());

        await app.RevokeAllAsync();

        Assert.False(await device.IsRememberedAsync());
    }

    [Fact]
    public async Task One_that_is_bound_by_another_way_in_is_still_good_and_still_ends_with_its_session()
    {
        await using var story = await Story.BeginAsync("sqlite");
        await using var app = await story.InstallAsync();
        var device = story.Return(app);
        await device.PostAsync("/signin-direct?name=ada@example.com");
        Assert.True(await device.IsRememberedAsync());
        await device.PostAsync("/signin-direct?name=ada@example.com");

        await app.RevokeAsync(Guid.Parse(await device.SessionIdAsync()));

        Assert.False(await device.IsRememberedAsync());
    }

    [Fact]
    public async Task One_slides_at_its_first_use_as_it_would_have()
    {
        await using var story = await Story.BeginAsync("sqlite");
        await using var app = await story.InstallAsync();
        var device = story.Return(app);

        app.Time.Advance(TimeSpan.FromDays(8)); // of 14
        Assert.True(await device.IsRememberedAsync());
        app.Time.Advance(TimeSpan.FromDays(8));

        Assert.True(await device.IsRememberedAsync());
    }

    [Fact]
    public async Task A_copy_of_one_whose_rows_are_gone_is_not_taken_for_one_that_was_never_used()
    {
        await using var story = await Story.BeginAsync("sqlite", lifetime: TimeSpan.FromDays(300));
        await using var app = await story.InstallAsync();
        var device = story.Return(app);
        var old = app.CopyMachine(device);
        Assert.True(await device.IsRememberedAsync());
        await app.RevokeAllAsync();

        app.Time.Advance(TimeSpan.FromDays(100));
        await app.SweepAsync();

        Assert.Empty(await app.SessionsAsync());
        Assert.False(await old.IsRememberedAsync());
    }

    // The app before the install, and the same one after it.
    private sealed class Story(TestDatabase database, TimeSpan? lifetime) : IAsyncDisposable
    {
        private readonly DirectoryInfo _keys = Directory.CreateTempSubdirectory("sessions-keys-");
        private readonly FakeTimeProvider _time = new TestAppSetup().Time;
        private CookieContainer? _cookies;

        public static async Task<Story> BeginAsync(string provider, TimeSpan? lifetime = null)
        {
            var story = new Story(await TestDatabase.CreateAsync(provider), lifetime);
            await using var app = await story.StartAsync(withSessions: false);
            var user = await app.CreateUserAsync();
            await app.WithUsersAsync(async users =>
            {
                var known = (await users.FindByIdAsync(user.Id))!;
                await users.ResetAuthenticatorKeyAsync(known);
                return await users.SetTwoFactorEnabledAsync(known, true);
            });
            var device = app.NewDevice();
            await app.SignInAndRememberAsync(device, user);
            story._cookies = device.Cookies;
            return story;
        }

        public Task<TestApp> InstallAsync() => StartAsync(withSessions: true);

        public Device Return(TestApp app) => app.NewDevice(cookies: _cookies);

        public ValueTask DisposeAsync() => database.DisposeAsync();

        private Task<TestApp> StartAsync(bool withSessions) => TestApp.StartAsync(setup =>
        {
            setup.Database = database;
            setup.Keys = _keys;
            setup.Time = _time;
            setup.WithSessions = withSessions;
            setup.ConfigureEndpoints = MachineApp.Map;
            setup.ConfigureContext = (services, own) => services.AddDbContext<TestDb>(options =>
            {
                own.Use(options);
                options.UseSessions<IdentityUser>(); // the tables are there before
            });
            setup.ConfigureServices = services => services.Configure<CookieAuthenticationOptions>(
                IdentityConstants.TwoFactorRememberMeScheme, options => options.ExpireTimeSpan = lifetime ?? options.ExpireTimeSpan);
        });
    }
}
