using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Interleavings;

/// <summary>
/// Random stories against the rules: no interleaving leaves a live cookie on an ended row, ends a session without its event, or signs out
/// the wrong device. A story that fails is printed with its seed; SESSIONS_TESTS_SEED plays it again, SESSIONS_TESTS_SECONDS plays longer.
/// </summary>
public sealed class InterleavingTests
{
    // So few only where something holds the stories up.
    private const int Fewest = 10;

    private static readonly TimeSpan _longestStory = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData("sqlite", 30, 15)]
    [InlineData("sqlite", 0, 15)]
    [InlineData("postgres", 30, 10)]
    [InlineData("postgres", 0, 10)]
    public async Task Whatever_happens_in_whatever_order_follows_the_rules(string provider, int stampInterval, int seconds)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        await using var app = await StartAsync(database, TimeSpan.FromMinutes(stampInterval));
        var limit = TimeSpan.FromSeconds(Setting("SESSIONS_TESTS_SECONDS") is { } longer ? double.Parse(longer, System.Globalization.CultureInfo.InvariantCulture) : seconds);
        var started = TimeProvider.System.GetTimestamp();
        var config = Config.QuickThrowOnFailure.WithMaxTest(10_000);
        if (Setting("SESSIONS_TESTS_SEED") is { } seed)
        {
            config = config.WithReplay(ulong.Parse(seed.Split(',')[0], System.Globalization.CultureInfo.InvariantCulture), ulong.Parse(seed.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture));
        }

        var played = 0;
#pragma warning disable xUnit1031 // FsCheck's own loop does not wait.
        Check.One(config, Prop.ForAll(Stories.All, story =>
        {
            // When the time is up the stories that are left count as played.
            if (TimeProvider.System.GetElapsedTime(started) < limit)
            {
                Task.Run(() => PlayAsync(app, story)).WaitAsync(_longestStory).GetAwaiter().GetResult();
                played++;
            }
        }));
#pragma warning restore xUnit1031

        TestContext.Current.SendDiagnosticMessage($"{played} stories on {provider}");
        Assert.True(played >= Fewest, $"only {played} stories");
    }

    internal static async Task PlayAsync(TestApp app, Story story) => await new Chronicle(await World.CreateAsync(app)).PlayAsync(story);

    internal static Task<TestApp> StartAsync(TestDatabase database, TimeSpan stampInterval) => TestApp.StartAsync(setup =>
    {
        setup.Database = database;
        setup.ConfigureEndpoints = World.Map;
        setup.ConfigureServices = services => services
            .Configure<PasswordHasherOptions>(options => options.IterationCount = 1)
            .Configure<SecurityStampValidatorOptions>(options => options.ValidationInterval = stampInterval);
        setup.Options = options =>
        {
            options.MaxSessionsPerUser = Rules.Cap;
            options.IdleTimeout = Rules.Idle;
            options.AbsoluteLifetime = Rules.Age;
            options.TrackingTimeout = TimeSpan.FromMinutes(1); // a machine that is slow for a moment is no outage here
        };
    });

    private static string? Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
