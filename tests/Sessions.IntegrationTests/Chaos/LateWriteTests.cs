using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Chaos;

/// <summary>A write that its request has given up may come through all the same.</summary>
public sealed class LateWriteTests
{
    [Fact]
    public async Task Copies_of_one_pending_ticket_that_was_renewed_meanwhile_are_one_session()
    {
        await using var chaos = await StartAsync();
        var device = chaos.App.NewDevice();
        chaos.Store.Insert.Begin(FaultKind.Throw);
        await device.SignInAsync();
        var copy = device.Copy();
        chaos.App.Time.Advance(TimeSpan.FromDays(8));
        Assert.True(await device.IsSignedInAsync());
        Assert.NotEqual(copy.Ticket, device.Ticket);
        chaos.Store.Insert.End();

        Assert.True(await copy.IsSignedInAsync());
        Assert.True(await device.IsSignedInAsync());
        Assert.True(await copy.IsSignedInAsync());

        Assert.Single(await chaos.App.SessionsAsync());
        Assert.Single(await chaos.App.EventsAsync());
    }

    [Fact]
    public async Task A_sign_in_that_comes_through_late_does_not_end_the_one_that_took_its_place()
    {
        await using var chaos = await StartAsync();
        var device = chaos.App.NewDevice();
        await device.SignInAsync();
        await device.PostAsync("/signout");
        var impatient = device.Copy();
        chaos.Store.Insert.Begin(FaultKind.Late);
        await chaos.WithinOneBudgetAsync(() => impatient.SignInAsync());
        var gate = chaos.Store.Insert.EndLater();
        await device.SignInAsync();

        gate.SetResult();
        await Eventually.TrueAsync(async () => (await chaos.App.SessionsAsync()).Count == 3, "the late row is there");

        chaos.App.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.True(await device.IsSignedInAsync());
    }

    [Fact]
    public async Task A_sign_in_tells_the_hooks_once_however_late_it_comes_through()
    {
        var told = new List<string>();
        await using var chaos = await ChaosApp.StartAsync(options: options => options.Events.OnEvent = context =>
        {
            told.Add(context.Event.Kind);
            return Task.CompletedTask;
        });
        await chaos.App.CreateUserAsync();
        var device = chaos.App.NewDevice();
        chaos.Store.Insert.Begin(FaultKind.Late);
        await chaos.WithinOneBudgetAsync(() => device.SignInAsync());

        chaos.Store.Insert.End();
        await Eventually.TrueAsync(async () => (await chaos.App.SessionsAsync()).Count == 1, "the late row is there");
        Assert.True(await device.IsSignedInAsync());
        await device.PostAsync("/signout");

        await Eventually.TrueAsync(() => Task.FromResult(told.Contains(SessionEventKind.SignedOut)), "the hooks are told");
        Assert.Equal([SessionEventKind.SignedIn, SessionEventKind.SignedOut], told);
    }

    private static async Task<ChaosApp> StartAsync()
    {
        var chaos = await ChaosApp.StartAsync();
        await chaos.App.CreateUserAsync();
        return chaos;
    }
}
