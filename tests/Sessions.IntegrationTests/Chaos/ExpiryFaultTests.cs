using System.Diagnostics.Metrics;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Chaos;

public sealed class ExpiryFaultTests
{
    [Theory]
    [InlineData(FaultKind.Throw)]
    [InlineData(FaultKind.Hang)]
    [InlineData(FaultKind.Block)]
    public async Task Where_the_end_of_an_expired_session_cannot_be_written_the_request_passes_and_is_counted(FaultKind kind)
    {
        await using var chaos = await ChaosApp.StartAsync(options: options => options.IdleTimeout = TimeSpan.FromHours(1));
        using var counted = new FailureCounter(chaos.App, "ExpireSession");
        await chaos.App.CreateUserAsync();
        var device = chaos.App.NewDevice();
        await device.SignInAsync();
        chaos.App.Time.Advance(TimeSpan.FromMinutes(61));
        chaos.Store.End.Begin(kind);

        Assert.True(await chaos.WithinOneBudgetAsync(device.IsSignedInAsync));

        Assert.True(counted.Count > 0);
        chaos.Store.End.End();
        chaos.PassBreak();
        Assert.False(await device.IsSignedInAsync());
        Assert.Equal(SessionEndReason.Expired, Assert.Single(await chaos.App.SessionsAsync()).EndReason);
    }

    [Fact]
    public async Task Where_a_host_fails_closed_such_a_request_is_refused()
    {
        await using var chaos = await ChaosApp.StartAsync(options: options =>
        {
            options.IdleTimeout = TimeSpan.FromHours(1);
            options.OnTrackingFailure = TrackingFailureMode.Refuse;
        });
        await chaos.App.CreateUserAsync();
        var device = chaos.App.NewDevice();
        await device.SignInAsync();
        chaos.App.Time.Advance(TimeSpan.FromMinutes(61));
        chaos.Store.End.Begin(FaultKind.Throw);

        Assert.False(await device.IsSignedInAsync());
        Assert.Null(Assert.Single(await chaos.App.SessionsAsync()).EndedAt);
    }

    [Fact]
    public async Task Who_was_active_while_nothing_could_be_written_is_not_found_idle_afterwards()
    {
        await using var chaos = await ChaosApp.StartAsync(options: options => options.IdleTimeout = TimeSpan.FromHours(1));
        await chaos.App.CreateUserAsync();
        var device = chaos.App.NewDevice();
        await device.SignInAsync();
        chaos.Store.Touch.Begin(FaultKind.Throw);
        for (var request = 0; request < 3; request++)
        {
            chaos.App.Time.Advance(TimeSpan.FromMinutes(40));
            Assert.True(await device.IsSignedInAsync());
        }

        chaos.Store.Touch.End();
        chaos.App.Time.Advance(TimeSpan.FromMinutes(40));

        Assert.True(await device.IsSignedInAsync());
        chaos.App.Time.Advance(TimeSpan.FromMinutes(61));
        Assert.False(await device.IsSignedInAsync());
    }

    [Fact]
    public async Task A_cap_that_cannot_be_kept_loses_no_sign_in()
    {
        await using var chaos = await ChaosApp.StartAsync(options: options => options.MaxSessionsPerUser = 1);
        await chaos.App.CreateUserAsync();
        var first = chaos.App.NewDevice();
        await first.SignInAsync();
        chaos.Store.End.Begin(FaultKind.Throw);
        var second = chaos.App.NewDevice();

        Assert.Equal("Succeeded", await second.SignInAsync());

        Assert.True(await first.IsSignedInAsync());
        Assert.True(await second.IsSignedInAsync());
        chaos.Store.End.End();
        Assert.Equal(1, (await chaos.App.SweepAsync()).PrunedCount);
        Assert.False(await first.IsSignedInAsync());
        Assert.True(await second.IsSignedInAsync());
    }

    private sealed class FailureCounter : IDisposable
    {
        private readonly MeterListener _listener = new();
        private int _count;

        public FailureCounter(TestApp app, string step)
        {
            var meters = app.Services.GetRequiredService<IMeterFactory>();
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "sessions.tracking.failures" && ReferenceEquals(instrument.Meter.Scope, meters))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
            {
                foreach (var tag in tags)
                {
                    if (tag.Value as string == step)
                    {
                        Interlocked.Increment(ref _count);
                    }
                }
            });
            _listener.Start();
        }

        public int Count => Volatile.Read(ref _count);

        public void Dispose() => _listener.Dispose();
    }
}
