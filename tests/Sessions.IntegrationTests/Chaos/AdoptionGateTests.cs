using Sessions.IntegrationTests.Concurrency;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Chaos;

/// <summary>Of the requests that adopt one ticket at the same time one writes, and none waits for a write that hangs.</summary>
public sealed class AdoptionGateTests
{
    private const int Burst = 20;

    [Fact]
    public async Task Of_a_burst_one_request_writes_and_the_others_find_its_row()
    {
        await using var chaos = await StartAsync();
        var device = await UnwrittenAsync(chaos);
        var (asked, written) = (chaos.Store.LookUps, chaos.Store.Insert.Calls);
        chaos.Store.Insert.Begin(FaultKind.Late);

        var burst = Enumerable.Range(0, Burst).Select(_ => device.Copy().IsSignedInAsync()).ToArray();
        await Eventually.TrueAsync(() => Task.FromResult(chaos.Store.LookUps > asked + Burst), "all have come, and one writes");
        chaos.Store.Insert.End();

        Assert.All(await Task.WhenAll(burst).WaitAsync(Eventually.Patience), Assert.True);
        Assert.Equal(written + 1, chaos.Store.Insert.Calls);
        Assert.Single(await chaos.App.SessionsAsync());
    }

    [Fact]
    public async Task Who_is_given_up_makes_way_though_its_write_still_hangs()
    {
        await using var chaos = await StartAsync();
        var device = await UnwrittenAsync(chaos);
        chaos.Store.Insert.Begin(FaultKind.Hang);
        Assert.True(await chaos.WithinOneBudgetAsync(() => device.Copy().IsSignedInAsync()));
        var hung = chaos.Store.Insert.EndLater();

        Assert.True(await device.IsSignedInAsync().WaitAsync(Eventually.Patience));

        Assert.Single(await chaos.App.SessionsAsync());
        Assert.NotEqual("none", await device.SessionIdAsync());
        hung.SetResult();
    }

    // The clock of a burst must not use up anybody's budget.
    private static Task<ChaosApp> StartAsync() => ChaosApp.StartAsync(setup => setup.Time = ConcurrentApp.Clock());

    private static async Task<Device> UnwrittenAsync(ChaosApp chaos)
    {
        await chaos.App.CreateUserAsync();
        var device = chaos.App.NewDevice();
        chaos.Store.Insert.Begin(FaultKind.Throw);
        await device.SignInAsync();
        chaos.Store.Insert.End();
        return device;
    }
}
