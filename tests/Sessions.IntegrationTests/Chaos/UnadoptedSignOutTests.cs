using Microsoft.Extensions.Hosting;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Chaos;

/// <summary>Somebody who signed in while tracking was down signs out while it is still down.</summary>
public sealed class UnadoptedSignOutTests
{
    [Theory]
    [InlineData(FaultKind.Throw)]
    [InlineData(FaultKind.Hang)]
    public async Task A_copy_of_the_cookie_is_refused_once_tracking_is_back_and_the_trail_is_whole(FaultKind kind)
    {
        await using var chaos = await ChaosApp.StartAsync();
        await chaos.App.CreateUserAsync();
        var device = chaos.App.NewDevice();
        chaos.Store.BeginAll(kind);
        await chaos.WithinOneBudgetAsync(() => device.SignInAsync());
        var copy = device.Copy();

        await chaos.WithinOneBudgetAsync(() => device.PostAsync("/signout"));
        chaos.Store.EndAll();
        await Eventually.TrueAsync(
            async () =>
            {
                chaos.PassBreak();
                return (await chaos.App.SessionsAsync()).SingleOrDefault()?.EndReason == SessionEndReason.SignedOut && !await copy.IsSignedInAsync();
            },
            "the sign-out is written and a copy of the cookie refused");

        var events = await chaos.App.EventsAsync();
        Assert.Equal([SessionEventKind.SignedIn, SessionEventKind.SignedOut], events.Select(row => row.Kind));
        Assert.Equal(SignInMethod.Password, events[0].SignInMethod);
    }

    [Fact]
    public async Task What_is_left_when_the_app_stops_is_counted_and_logged()
    {
        await using var chaos = await ChaosApp.StartAsync();
        await chaos.App.CreateUserAsync();
        chaos.Store.End.Begin(FaultKind.Throw);
        for (var person = 0; person < 3; person++)
        {
            var device = chaos.App.NewDevice();
            await device.SignInAsync();
            await device.PostAsync("/signout");
        }

        foreach (var service in chaos.App.Services.GetServices<IHostedService>())
        {
            await service.StopAsync(CancellationToken.None).WaitAsync(Eventually.Patience);
        }

        var lost = Assert.Single(chaos.App.Logs.GetSnapshot(), line => line.Category!.EndsWith("SignOutQueue", StringComparison.Ordinal));
        Assert.StartsWith("3 sign-outs", lost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_can_not_be_written_does_not_keep_the_others_waiting()
    {
        await using var chaos = await ChaosApp.StartAsync();
        await chaos.App.CreateUserAsync();
        await chaos.App.CreateUserAsync("gone@example.com");
        var gone = chaos.App.NewDevice();
        var device = chaos.App.NewDevice();
        chaos.Store.Insert.Begin(FaultKind.Throw);
        chaos.Store.End.Begin(FaultKind.Throw);
        await gone.SignInAsync("gone@example.com");
        await device.SignInAsync();
        await gone.PostAsync("/signout");
        await device.PostAsync("/signout");

        await chaos.App.WithUsersAsync(async users => await users.DeleteAsync((await users.FindByNameAsync("gone@example.com"))!));
        chaos.Store.EndAll();

        await Eventually.TrueAsync(
            async () =>
            {
                chaos.PassBreak();
                return (await chaos.App.SessionsAsync()).SingleOrDefault()?.EndReason == SessionEndReason.SignedOut;
            },
            "the sign-out is written");
    }
}
