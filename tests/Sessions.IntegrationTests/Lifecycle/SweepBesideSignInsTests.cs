using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Lifecycle;

/// <summary>SQLite has one writer, and a sweep of much writes for long.</summary>
public sealed class SweepBesideSignInsTests
{
    private const int Old = 100_000;

    [Fact]
    public async Task Who_signs_in_while_much_is_purged_is_tracked_at_once()
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.Database = database;
            setup.Options = options => options.TrackingTimeout = TimeSpan.FromSeconds(1); // SQLite's own waits keep to it too
        });
        await app.CreateUserAsync();
        await AddOldEventsAsync(app);
        var device = app.NewDevice();

        var sweep = Task.Run(app.SweepAsync);
        var (signIns, during) = (0, 0);
        while (!sweep.IsCompleted)
        {
            Assert.Equal("Succeeded", await device.SignInAsync());
            during = sweep.IsCompleted ? signIns : signIns + 1;
            Assert.Equal(++signIns, (await app.SessionsAsync()).Count);
        }

        Assert.Equal(Old, (await sweep.WaitAsync(Eventually.Patience)).PurgedEventCount);
        Assert.True(during > 0, "Nobody signed in while the sweep was at it.");
    }

    private static Task<int> AddOldEventsAsync(TestApp app)
    {
        var newest = app.Time.Start.UtcDateTime.AddDays(-700).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return app.InDatabaseAsync(db => db.Database.ExecuteSqlAsync($"""
            WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {Old})
            INSERT INTO AspNetSessionEvents (Id, Kind, UserId, SessionId, DeviceId, IpAddress, IpAddressBytes, WriteKey, IsNewDevice, IsImpossibleTravel, OccurredAt)
            SELECT printf('%08X-0000-7000-8000-%s', n, hex(randomblob(6))), 'SignedIn', hex(randomblob(8)), printf('%s-0000-7000-8000-000000000000', hex(randomblob(4))),
                hex(randomblob(8)), '203.0.113.7', randomblob(16), 'old:' || n, 0, 0,
                strftime('%Y-%m-%d %H:%M:%S', {newest}, '-' || n || ' seconds') FROM numbers
            """));
    }
}
