using Microsoft.EntityFrameworkCore;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Concurrency;

public sealed class ParallelRequestTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Twenty_sign_ins_at_once_from_twenty_browsers_are_twenty_sessions_with_twenty_events(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await ConcurrentApp.StartAsync(database);
        await app.CreateUserAsync();
        var devices = Enumerable.Range(0, 20).Select(_ => app.NewDevice()).ToArray();

        var answers = await Task.WhenAll(devices.Select(device => device.SignInAsync()));

        Assert.All(answers, answer => Assert.Equal("Succeeded", answer));
        Assert.Equal(20, (await app.SessionsAsync()).Count(session => session.EndedAt is null));
        Assert.Equal(20, (await app.EventsAsync()).Count(row => row.Kind == SessionEventKind.SignedIn));
        Assert.All(await Task.WhenAll(devices.Select(device => device.IsSignedInAsync())), Assert.True);
    }

    [Theory]
    [InlineData("sqlite", 0.01)]
    [InlineData("sqlite", 8)]
    [InlineData("postgres", 0.01)]
    [InlineData("postgres", 8)]
    public async Task A_hundred_requests_at_once_all_pass_and_touch_once_even_after_days_of_silence(string provider, double days)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var touches = new UpdateCounter();
        await using var app = await ConcurrentApp.StartAsync(database, setup => setup.ConfigureContext = (services, own) =>
            services.AddDbContext<TestDb>(options =>
            {
                own.Use(options);
                options.AddInterceptors(touches);
            }));
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        app.Time.Advance(TimeSpan.FromDays(days));

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => device.Copy().IsSignedInAsync()));
        Assert.All(answers, Assert.True);
        await Eventually.TrueAsync(() => Task.FromResult(touches.Rows > 0), "the touch is written");
        Assert.True(await device.IsSignedInAsync());

        Assert.Equal(1, touches.Rows);
        Assert.Single(await app.SessionsAsync());
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Of_the_updates_that_a_burst_sends_one_an_interval_changes_the_row_and_none_is_sent_once_that_is_known(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var touches = new UpdateCounter();
        await using var app = await ConcurrentApp.StartAsync(database, setup => setup.ConfigureContext = (services, own) =>
            services.AddDbContext<TestDb>(options =>
            {
                own.Use(options);
                options.AddInterceptors(touches);
            }));
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();

        for (var interval = 1; interval <= 3; interval++)
        {
            app.Time.Advance(TimeSpan.FromMinutes(6));
            Assert.All(await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => device.Copy().IsSignedInAsync())), Assert.True);
            await Eventually.TrueAsync(
                async () => touches.Changing >= interval && (await app.SessionsAsync())[0].LastSeenAt > app.Time.GetUtcNow() - TimeSpan.FromMinutes(1), "the touch is written");

            // The promise is about rows: an update that finds the row touched already changes nothing, and there may be more of those.
            Assert.Equal((interval, interval), (touches.Changing, touches.Rows));
            Assert.InRange(touches.Statements, interval, interval * 40);
        }

        var sent = touches.Statements;
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => device.Copy().IsSignedInAsync())), Assert.True);
        await app.StopAsync(); // what was still on its way is written by then
        Assert.Equal(3, touches.Changing);
        Assert.InRange(touches.Statements - sent, 0, 1); // of the last burst one may have been on its way: a session has one at a time
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Many_revocations_of_one_session_at_once_are_one_end_with_one_event(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await ConcurrentApp.StartAsync(database);
        await app.CreateUserAsync();
        var device = app.NewDevice();
        await device.SignInAsync();
        var id = (await app.SessionsAsync()).Single().Id;

        var ended = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => app.RevokeAsync(id))));

        Assert.Single(ended, one => one);
        Assert.Single(await app.EventsAsync(), row => row.Kind == SessionEventKind.Revoked);
        Assert.False(await device.IsSignedInAsync());
    }
}
