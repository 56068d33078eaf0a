using Microsoft.Extensions.Diagnostics.HealthChecks;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Lifecycle;

public sealed class SweepServiceTests
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Two_nodes_of_one_app_sweep_once_an_hour_between_them(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var one = await NodeAsync(database, createTables: true);
        await using var other = await NodeAsync(database, createTables: false, one.Time);
        await one.CreateUserAsync();

        var runs = new HashSet<DateTimeOffset>();
        await Eventually.TrueAsync(
            async () =>
            {
                one.Time.Advance(TimeSpan.FromMinutes(2));
                if (await LastAsync(one) is { } last)
                {
                    runs.Add(last.StartedAt);
                }

                return runs.Count == 4;
            },
            "the sweep runs four times");

        var gaps = runs.Order().Zip(runs.Order().Skip(1), (before, after) => after - before);
        Assert.All(gaps, gap => Assert.True(gap > TimeSpan.FromMinutes(40), $"{gap} between two runs"));
    }

    [Fact]
    public async Task A_sweep_that_fails_is_logged_and_tried_again()
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await NodeAsync(database, createTables: false);

        await Eventually.TrueAsync(() =>
        {
            app.Time.Advance(TimeSpan.FromMinutes(1));
            return Task.FromResult(app.Logs.GetSnapshot().Any(line => line.Message.Contains("failed in Sweep", StringComparison.Ordinal)));
        });
        await app.InDatabaseAsync(db => db.Database.EnsureCreatedAsync());

        await Eventually.TrueAsync(async () =>
        {
            app.Time.Advance(TimeSpan.FromMinutes(5));
            return await LastAsync(app) is not null;
        });
    }

    [Fact]
    public async Task The_health_check_tells_whether_it_ran_lately_and_what_it_did()
    {
        await using var app = await TestApp.StartAsync(setup => setup.ConfigureServices = services =>
            services.AddHealthChecks().AddSessionsSweep(maxAge: TimeSpan.FromHours(3)));
        await app.CreateUserAsync();
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(app)).Status);

        app.Time.Advance(TimeSpan.FromHours(4));
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(app)).Status);

        await app.SweepAsync();
        var report = await CheckAsync(app);
        Assert.Equal(HealthStatus.Healthy, report.Status);
        Assert.Equal(0, report.Data["ExpiredCount"]);

        app.Time.Advance(TimeSpan.FromHours(4));
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(app)).Status);
    }

    private static async Task<HealthReportEntry> CheckAsync(TestApp app) =>
        (await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["sessions-sweep"];

    private static Task<TestApp> NodeAsync(TestDatabase database, bool createTables, Microsoft.Extensions.Time.Testing.FakeTimeProvider? time = null) =>
        TestApp.StartAsync(setup =>
        {
            setup.Database = database;
            setup.CreateTables = createTables;
            setup.Time = time ?? setup.Time;
            setup.Options = options => options.SweepInterval = TimeSpan.FromHours(1);
        });

    private static Task<SessionSweepResult?> LastAsync(TestApp app) =>
        app.InScopeAsync(services => services.GetRequiredService<UserSessionSweeper>().GetLastResultAsync());
}
