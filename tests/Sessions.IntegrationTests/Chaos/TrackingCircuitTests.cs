using Polly.CircuitBreaker;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Chaos;

/// <summary>A store that keeps timing out is not asked for a while: requests pass at once, and a probe finds out when it is back.</summary>
public sealed class TrackingCircuitTests
{
    [Fact]
    public async Task After_two_time_outs_requests_pass_without_asking_and_without_an_exception()
    {
        await using var chaos = await ChaosApp.StartAsync();
        var device = await SignedInAsync(chaos);
        await OpenAsync(chaos, device);
        var asked = chaos.Store.LookUps;
        var thrown = 0;
        void Count(object? sender, System.Runtime.ExceptionServices.FirstChanceExceptionEventArgs args) =>
            thrown += args.Exception is BrokenCircuitException ? 1 : 0;

        AppDomain.CurrentDomain.FirstChanceException += Count;
        for (var request = 0; request < 20; request++)
        {
            Assert.True(await device.IsSignedInAsync());
        }

        AppDomain.CurrentDomain.FirstChanceException -= Count;
        Assert.Equal(asked, chaos.Store.LookUps);
        Assert.Equal(0, thrown);
    }

    [Fact]
    public async Task One_request_at_a_time_is_the_probe_and_the_others_pass_meanwhile()
    {
        await using var chaos = await ChaosApp.StartAsync();
        var device = await SignedInAsync(chaos);
        await OpenAsync(chaos, device);
        chaos.PassBreak();
        var asked = chaos.Store.LookUps;

        var victim = chaos.Victims.NextAsync();
        var waits = chaos.Clock.Timers;
        var probe = device.IsSignedInAsync();
        await victim.WaitAsync(Eventually.Patience);
        await chaos.UntilHeldAsync(probe, waits);
        var others = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => device.IsSignedInAsync())).WaitAsync(Eventually.Patience);

        Assert.All(others, Assert.True);
        Assert.Equal(asked + 1, chaos.Store.LookUps);
        Assert.False(probe.IsCompleted);
        chaos.App.Time.Advance(ChaosApp.Budget);
        Assert.True(await probe.WaitAsync(Eventually.Patience));
    }

    [Fact]
    public async Task It_closes_by_itself_and_a_revoked_device_is_refused_again()
    {
        await using var chaos = await ChaosApp.StartAsync();
        var device = await SignedInAsync(chaos);
        await OpenAsync(chaos, device);
        await chaos.App.RevokeAllAsync();
        Assert.True(await device.IsSignedInAsync(), "Nobody is asked while the circuit is open.");

        chaos.Store.EndAll();
        chaos.PassBreak();

        Assert.False(await device.IsSignedInAsync());
    }

    [Fact]
    public async Task A_burst_of_requests_during_the_hang_passes_within_one_budget()
    {
        await using var chaos = await ChaosApp.StartAsync();
        var device = await SignedInAsync(chaos);
        var waits = chaos.Clock.Timers;
        chaos.Store.BeginAll(FaultKind.Hang);

        var burst = Enumerable.Range(0, 50).Select(_ => device.Copy().IsSignedInAsync()).ToArray();
        await Eventually.TrueAsync(
            () => Task.FromResult(chaos.Clock.RequestsWaitingSince(waits, ChaosApp.Budget) == 50), "every request waits for the store");
        chaos.App.Time.Advance(ChaosApp.Budget);

        Assert.All(await Task.WhenAll(burst).WaitAsync(Eventually.Patience), Assert.True);
    }

    [Fact]
    public async Task A_store_that_fails_at_once_holds_nobody_up_and_is_asked_every_time()
    {
        await using var chaos = await ChaosApp.StartAsync();
        var device = await SignedInAsync(chaos);
        var asked = chaos.Store.LookUps;
        chaos.Store.BeginAll(FaultKind.Throw);

        for (var request = 0; request < 10; request++)
        {
            Assert.True(await device.IsSignedInAsync());
        }

        Assert.Equal(asked + 10, chaos.Store.LookUps);
    }

    [Fact]
    public async Task A_store_that_gives_up_by_its_own_limit_a_moment_before_ours_opens_it_too()
    {
        await using var chaos = await ChaosApp.StartAsync();
        var device = await SignedInAsync(chaos);
        for (var request = 0; request < 2; request++)
        {
            chaos.Store.BeginAll(FaultKind.Hang);
            var victim = chaos.Victims.NextAsync();
            var waits = chaos.Clock.Timers;
            var answer = device.IsSignedInAsync();
            await victim.WaitAsync(Eventually.Patience);
            await chaos.UntilHeldAsync(answer, waits);
            chaos.App.Time.Advance(ChaosApp.Budget * 0.9);
            chaos.Store.EndAll();
            Assert.True(await answer.WaitAsync(Eventually.Patience));
        }

        var asked = chaos.Store.LookUps;
        Assert.True(await device.IsSignedInAsync());

        Assert.Equal(asked, chaos.Store.LookUps);
    }

    [Fact]
    public async Task One_time_out_beside_a_good_answer_does_not_open_it()
    {
        await using var chaos = await ChaosApp.StartAsync();
        var device = await SignedInAsync(chaos);
        Assert.True(await device.IsSignedInAsync());
        chaos.Store.LookUp.Begin(FaultKind.Hang);
        Assert.True(await chaos.WithinOneBudgetAsync(device.IsSignedInAsync));
        chaos.Store.LookUp.End();

        await chaos.App.RevokeAllAsync();

        Assert.False(await device.IsSignedInAsync());
    }

    [Fact]
    public async Task A_parser_that_hangs_is_no_reason_to_stop_asking_the_store()
    {
        await using var chaos = await ChaosApp.StartAsync();
        var device = await SignedInAsync(chaos);
        chaos.Parser.Begin(FaultKind.Block);
        chaos.Geolocator.Begin(FaultKind.Hang);
        for (var attempt = 0; attempt < 4; attempt++)
        {
            // The clock is turned by the whole budget, so that nothing of it is left for the store.
            await chaos.WithinOneBudgetAsync(() => chaos.App.NewDevice().SignInAsync());
        }

        await chaos.App.RevokeAllAsync();

        Assert.False(await device.IsSignedInAsync());
    }

    private static async Task<Device> SignedInAsync(ChaosApp chaos)
    {
        await chaos.App.CreateUserAsync();
        var device = chaos.App.NewDevice();
        await device.SignInAsync();
        Assert.True(await device.IsSignedInAsync());

        // The good answers from before leave the circuit's window.
        chaos.App.Time.Advance(TimeSpan.FromSeconds(30));
        return device;
    }

    private static async Task OpenAsync(ChaosApp chaos, Device device)
    {
        chaos.Store.LookUp.Begin(FaultKind.Hang);
        Assert.True(await chaos.WithinOneBudgetAsync(device.IsSignedInAsync));
        Assert.True(await chaos.WithinOneBudgetAsync(device.IsSignedInAsync));
    }
}
