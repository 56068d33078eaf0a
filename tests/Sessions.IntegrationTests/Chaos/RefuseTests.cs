using Sessions.Identity;

namespace Sessions.IntegrationTests.Chaos;

/// <summary>Hosts that must fail closed: OnTrackingFailure = Refuse.</summary>
public sealed class RefuseTests
{
    [Theory]
    [InlineData(FaultKind.Throw)]
    [InlineData(FaultKind.Hang)]
    public async Task A_request_is_refused_while_the_store_is_down_and_its_cookie_stays(FaultKind kind)
    {
        await using var chaos = await StartAsync();
        var device = chaos.App.NewDevice();
        await device.SignInAsync();
        var ticket = device.Ticket;

        chaos.Store.BeginAll(kind);
        Assert.False(await chaos.WithinOneBudgetAsync(device.IsSignedInAsync));
        Assert.Equal(ticket, device.Ticket);
        chaos.Store.EndAll();
        chaos.PassBreak();

        Assert.True(await device.IsSignedInAsync());
    }

    [Theory]
    [InlineData(FaultKind.Throw)]
    [InlineData(FaultKind.Hang)]
    public async Task A_sign_in_is_refused_while_the_store_is_down_and_works_again_afterwards(FaultKind kind)
    {
        await using var chaos = await StartAsync();
        var device = chaos.App.NewDevice();

        chaos.Store.BeginAll(kind);
        await Assert.ThrowsAsync<SessionsUnavailableException>(() => chaos.WithinOneBudgetAsync(() => device.SignInAsync()));
        Assert.Null(device.Ticket);
        chaos.Store.EndAll();
        chaos.PassBreak();

        Assert.Equal("Succeeded", await device.SignInAsync());
        Assert.True(await device.IsSignedInAsync());
        Assert.Single(await chaos.App.SessionsAsync());
    }

    private static async Task<ChaosApp> StartAsync()
    {
        var chaos = await ChaosApp.StartAsync(options: options => options.OnTrackingFailure = TrackingFailureMode.Refuse);
        await chaos.App.CreateUserAsync();
        return chaos;
    }
}
