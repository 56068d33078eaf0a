using Sessions.Identity;
using Sessions.IntegrationTests.Concurrency;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Lifecycle;

public sealed class CapTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Beyond_the_cap_the_oldest_session_ends_as_pruned_with_its_event(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database, 2);
        await app.CreateUserAsync();
        var devices = new[] { app.NewDevice(), app.NewDevice(), app.NewDevice() };
        foreach (var device in devices)
        {
            await device.SignInAsync();
        }

        Assert.False(await devices[0].IsSignedInAsync());
        Assert.True(await devices[1].IsSignedInAsync());
        Assert.True(await devices[2].IsSignedInAsync());
        var pruned = Assert.Single(await app.EventsAsync(), row => row.Kind == SessionEventKind.Revoked);
        Assert.Equal((SessionEndReason.Pruned, (await app.SessionsAsync()).MinBy(session => session.CreatedAt)!.Id), (pruned.EndReason, pruned.SessionId));
    }

    [Theory]
    [InlineData("sqlite", 1)]
    [InlineData("sqlite", 3)]
    [InlineData("postgres", 1)]
    [InlineData("postgres", 3)]
    public async Task Sign_ins_at_once_leave_exactly_the_cap_and_the_newest_of_them(string provider, int most)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database, most);
        await app.CreateUserAsync();

        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => app.NewDevice().SignInAsync()));

        var sessions = (await app.SessionsAsync()).OrderByDescending(session => session.CreatedAt).ThenByDescending(session => session.Id).ToList();
        Assert.Equal(sessions.Take(most).Select(session => session.Id), sessions.Where(session => session.EndedAt is null).Select(session => session.Id));
        Assert.Equal(12 - most, (await app.EventsAsync()).Count(row => row.EndReason == SessionEndReason.Pruned));
    }

    [Fact]
    public async Task Nobody_elses_session_is_pruned()
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await StartAsync(database, 1);
        await app.CreateUserAsync();
        await app.CreateUserAsync("bob@example.com");
        var ada = app.NewDevice();
        await ada.SignInAsync();

        await app.NewDevice().SignInAsync("bob@example.com");

        Assert.True(await ada.IsSignedInAsync());
    }

    [Fact]
    public async Task Adopted_sessions_count_and_the_oldest_of_them_end()
    {
        await using var database = TestDatabase.Sqlite();
        var (app, devices) = await ConcurrentApp.StartAfterInstallAsync(database, devices: 4, setup => setup.Options = options =>
        {
            options.TrackingTimeout = TimeSpan.FromMinutes(1);
            options.MaxSessionsPerUser = 2;
        });
        await using var running = app;

        foreach (var device in devices)
        {
            await device.IsSignedInAsync();
        }

        Assert.Equal(2, (await app.SessionsAsync()).Count(session => session.EndedAt is null));
        Assert.Equal(2, (await Task.WhenAll(devices.Select(device => device.IsSignedInAsync()))).Count(isIn => isIn));
        Assert.Equal(2, (await app.EventsAsync()).Count(row => row.EndReason == SessionEndReason.Pruned));
    }

    private static Task<TestApp> StartAsync(TestDatabase database, int most) => ConcurrentApp.StartAsync(database, setup => setup.Options = options =>
    {
        options.TrackingTimeout = TimeSpan.FromMinutes(1);
        options.MaxSessionsPerUser = most;
    });
}
