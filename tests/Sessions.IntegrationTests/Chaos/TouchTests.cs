using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Chaos;

public sealed class TouchTests
{
    [Theory]
    [InlineData(FaultKind.Throw)]
    [InlineData(FaultKind.Hang)]
    [InlineData(FaultKind.Block)]
    public async Task A_touch_that_goes_wrong_holds_nobody_up_and_is_made_up_for_later(FaultKind kind)
    {
        await using var chaos = await ChaosApp.StartAsync();
        await chaos.App.CreateUserAsync();
        var device = chaos.App.NewDevice();
        await device.SignInAsync();
        var before = (await chaos.App.SessionsAsync()).Single().LastSeenAt;
        chaos.App.Time.Advance(TimeSpan.FromMinutes(6));
        chaos.Store.Touch.Begin(kind);

        Assert.True(await device.IsSignedInAsync().WaitAsync(Eventually.Patience), "No clock is turned: the request does not wait for it.");
        await Eventually.TrueAsync(() => Task.FromResult(chaos.Store.Touch.Hits == 1), "the touch is tried");
        chaos.App.Time.Advance(ChaosApp.Budget);
        chaos.Store.Touch.End();

        await Eventually.TrueAsync(
            async () => await device.IsSignedInAsync() && (await chaos.App.SessionsAsync()).Single().LastSeenAt > before,
            "a later request makes up for it");
    }

    [Fact]
    public async Task A_touch_that_comes_late_does_not_revive_a_session_that_ended_meanwhile()
    {
        await using var chaos = await ChaosApp.StartAsync();
        await chaos.App.CreateUserAsync();
        var device = chaos.App.NewDevice();
        await device.SignInAsync();
        chaos.App.Time.Advance(TimeSpan.FromMinutes(6));
        chaos.Store.Touch.Begin(FaultKind.Late);
        await device.IsSignedInAsync();
        await Eventually.TrueAsync(() => Task.FromResult(chaos.Store.Touch.Hits == 1), "the touch is under way");
        await chaos.App.RevokeAllAsync();
        var ended = (await chaos.App.SessionsAsync()).Single();

        chaos.Store.Touch.End();

        Assert.False(await device.IsSignedInAsync());
        var session = (await chaos.App.SessionsAsync()).Single();
        Assert.Equal((ended.EndedAt, SessionEndReason.RevokedByAdmin, ended.LastSeenAt), (session.EndedAt, session.EndReason, session.LastSeenAt));
    }
}
