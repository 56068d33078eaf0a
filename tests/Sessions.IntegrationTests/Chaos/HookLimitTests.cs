using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Chaos;

/// <summary>A hook that never comes back keeps neither people nor other hooks waiting.</summary>
public sealed class HookLimitTests
{
    [Theory]
    [InlineData(FaultKind.Hang)]
    [InlineData(FaultKind.Block)]
    public async Task One_that_hangs_is_given_up_after_half_a_minute_and_the_next_is_told(FaultKind kind)
    {
        var told = new List<string>();
        ChaosApp? running = null;
        await using var chaos = await ChaosApp.StartAsync(options: options => options.Events.OnEvent = async context =>
        {
            await running!.Hook.HitAsync();
            told.Add(context.Event.Kind);
        });
        running = chaos;
        await chaos.App.CreateUserAsync();
        var device = chaos.App.NewDevice();
        chaos.Hook.Begin(kind);
        var victim = chaos.Victims.NextAsync();
        await device.SignInAsync();
        await victim.WaitAsync(Eventually.Patience);
        var hung = chaos.Hook.EndLater();

        await device.PostAsync("/signout");
        chaos.App.Time.Advance(TimeSpan.FromSeconds(25));
        Assert.Empty(told);
        await Eventually.TrueAsync(
            () =>
            {
                chaos.App.Time.Advance(TimeSpan.FromSeconds(5));
                return Task.FromResult(told.Count > 0);
            },
            "the next hook is told");

        Assert.Equal([SessionEventKind.SignedOut], told);
        var line = Assert.Single(chaos.App.Logs.GetSnapshot(), line => line.Category!.EndsWith("HookService", StringComparison.Ordinal));
        Assert.IsType<TimeoutException>(line.Exception);
        hung.SetResult();
    }
}
