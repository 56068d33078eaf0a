using Sessions.Identity;
using Sessions.IntegrationTests.Chaos;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.TwoFactor;

/// <summary>The store gives no answer: what Identity says of a remembered machine stands, and is not lost.</summary>
public sealed class MachineOutageTests
{
    [Theory]
    [InlineData(FaultKind.Throw)]
    [InlineData(FaultKind.Hang)]
    [InlineData(FaultKind.Block)]
    public async Task A_remembered_machine_is_not_asked_in_an_outage_nor_after_it(FaultKind kind)
    {
        await using var chaos = await ChaosApp.StartAsync(setup => setup.ConfigureEndpoints = MachineApp.Map);
        var (user, _) = await chaos.App.CreateUserWithTwoFactorAsync();
        var device = chaos.App.NewDevice();
        await chaos.App.SignInAndRememberAsync(device, user);
        await device.PostAsync("/signout");

        chaos.Store.BeginAll(kind);
        Assert.Equal("Succeeded", await chaos.WithinOneBudgetAsync(() => device.SignInAsync()));
        chaos.Store.EndAll();
        chaos.PassBreak();

        Assert.True(await device.IsSignedInAsync());
        Assert.True(await device.IsRememberedAsync());
        await chaos.App.RevokeAsync(Guid.Parse(await device.SessionIdAsync()));
        Assert.False(await device.IsRememberedAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_machine_that_is_remembered_in_an_outage_stays_so_and_is_bound_later(bool comesBackSignedIn)
    {
        await using var chaos = await ChaosApp.StartAsync(setup => setup.ConfigureEndpoints = MachineApp.Map);
        var (user, _) = await chaos.App.CreateUserWithTwoFactorAsync();
        var device = chaos.App.NewDevice();

        chaos.Store.BeginAll(FaultKind.Throw);
        await chaos.App.SignInAndRememberAsync(device, user);
        chaos.Store.EndAll();
        if (comesBackSignedIn)
        {
            Assert.True(await device.IsSignedInAsync());
        }
        else
        {
            device.Forget(".AspNetCore.Identity.Application");
        }

        Assert.True(await device.IsRememberedAsync());
        await chaos.App.RevokeAllAsync();
        Assert.False(await device.IsRememberedAsync());
    }

    [Fact]
    public async Task A_machine_that_a_page_remembers_in_an_outage_stays_so()
    {
        await using var chaos = await ChaosApp.StartAsync(setup => setup.ConfigureEndpoints = MachineApp.Map);
        await chaos.App.CreateUserWithTwoFactorAsync();
        var device = chaos.App.NewDevice();
        await device.PostAsync("/signin-direct?name=ada@example.com");

        chaos.Store.Touch.Begin(FaultKind.Throw);
        await device.PostAsync("/remember");
        chaos.Store.EndAll();

        Assert.True(await device.IsRememberedAsync());
    }

    [Fact]
    public async Task An_app_that_fails_closed_asks_for_the_second_factor()
    {
        await using var chaos = await ChaosApp.StartAsync(
            setup => setup.ConfigureEndpoints = MachineApp.Map, options => options.OnTrackingFailure = TrackingFailureMode.Refuse);
        var (user, _) = await chaos.App.CreateUserWithTwoFactorAsync();
        var device = chaos.App.NewDevice();
        await chaos.App.SignInAndRememberAsync(device, user);
        await device.PostAsync("/signout");

        chaos.Store.LookUp.Begin(FaultKind.Throw);
        Assert.False(await device.IsRememberedAsync());
        chaos.Store.EndAll();

        Assert.True(await device.IsRememberedAsync());
    }
}
