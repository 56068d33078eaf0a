using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Chaos;

/// <summary>Failed attempts, a failing passkey among them, answer as Identity does whatever goes wrong in tracking.</summary>
public sealed class FailedSignInTests
{
    public static MatrixTheoryData<string, string> Cells => new(
        ["store throws", "store hangs", "store blocks", "parser throws", "parser blocks", "geolocator hangs", "hook throws", "hook hangs"],
        ["/signin?name=ada@example.com&password=wrong", "/signin-passkey?credential={}"]);

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task A_failed_attempt_answers_as_without_Sessions(string faultName, string path)
    {
        var fault = TrackingFault.All[faultName];
        await using var chaos = await ChaosApp.StartAsync();
        await chaos.App.CreateUserAsync();
        var device = chaos.App.NewDevice();
        await device.PostAsync("/passkey-options");

        fault.Begin(chaos);
        Assert.Equal("Failed", await chaos.WithinOneBudgetAsync(() => device.PostAsync(path), fault.Held));
        fault.End(chaos);
        chaos.PassBreak();

        await device.PostAsync("/passkey-options");
        await device.PostAsync(path);
        var events = await chaos.App.EventsAsync();
        Assert.InRange(events.Count, 1, 2);
        Assert.All(events, row => Assert.Equal((SessionEventKind.SignInFailed, null), (row.Kind, row.UserId)));
    }

    [Fact]
    public async Task Hanging_up_does_not_keep_an_attempt_out_of_the_trail()
    {
        await using var chaos = await ChaosApp.StartAsync();
        await chaos.App.CreateUserAsync();
        chaos.Store.Insert.Begin(FaultKind.Late);
        using var hangUp = new CancellationTokenSource();
        var victim = chaos.Victims.NextAsync();
        var attempt = chaos.App.NewDevice().SendAsync(HttpMethod.Post, "/signin?name=ada@example.com&password=wrong", hangUp.Token);
        await victim.WaitAsync(Eventually.Patience);

        await hangUp.CancelAsync();
        chaos.Store.Insert.End();
        await Record.ExceptionAsync(() => attempt.WaitAsync(Eventually.Patience));

        await Eventually.TrueAsync(
            async () => (await chaos.App.EventsAsync()).SingleOrDefault()?.Kind == SessionEventKind.SignInFailed, "the attempt is in the trail");
    }
}
