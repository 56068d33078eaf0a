using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Chaos;

/// <summary>The first rule: whatever goes wrong in tracking, people sign in, stay in and sign out, and tracking resumes by itself.</summary>
public sealed class TrackingNeverBreaksSignInTests
{
    public static MatrixTheoryData<string, string> Cells => new(TrackingFault.All.Keys, SignInPath.All.Keys);

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task A_person_signs_in_stays_in_and_is_tracked_once_when_the_fault_is_over(string faultName, string pathName)
    {
        var (fault, path) = (TrackingFault.All[faultName], SignInPath.All[pathName]);
        await using var chaos = await ChaosApp.StartAsync();
        var device = chaos.App.NewDevice();
        var request = await path.PrepareAsync(chaos.App, device);

        fault.Begin(chaos);
        Assert.Equal("Succeeded", await chaos.WithinOneBudgetAsync(() => device.PostAsync(request), fault.Held));
        Assert.True(await chaos.WithinOneBudgetAsync(device.IsSignedInAsync, fault.Held));
        fault.End(chaos);
        chaos.PassBreak();

        Assert.True(await device.IsSignedInAsync());
        await Eventually.TrueAsync(async () => (await chaos.App.SessionsAsync()).Count == 1, "one session is there");
        Assert.True(await device.IsSignedInAsync());
        var session = Assert.Single(await chaos.App.SessionsAsync());
        var signedIn = Assert.Single(await chaos.App.EventsAsync());
        Assert.Equal((SessionEventKind.SignedIn, path.Method, session.Id), (signedIn.Kind, signedIn.SignInMethod, signedIn.SessionId));
        Assert.Null(session.EndedAt);
        Assert.Equal(session.Id.ToString(), await device.SessionIdAsync());
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_person_signs_out_and_the_end_is_written_when_the_fault_is_over(string faultName)
    {
        var fault = TrackingFault.All[faultName];
        await using var chaos = await ChaosApp.StartAsync();
        await chaos.App.CreateUserAsync();
        var device = chaos.App.NewDevice();
        await device.SignInAsync();
        var copy = device.Copy();

        fault.Begin(chaos);
        await chaos.WithinOneBudgetAsync(() => device.PostAsync("/signout"), fault.Held);
        Assert.Null(device.Ticket);
        fault.End(chaos);

        await Eventually.TrueAsync(
            async () =>
            {
                chaos.PassBreak();
                return (await chaos.App.SessionsAsync()).Single().EndReason == SessionEndReason.SignedOut && !await copy.IsSignedInAsync();
            },
            "the sign-out is written and a copy of the cookie refused");
        Assert.Equal([SessionEventKind.SignedIn, SessionEventKind.SignedOut], (await chaos.App.EventsAsync()).Select(row => row.Kind));
    }

    public static TheoryData<string> Faults => [.. TrackingFault.All.Keys];
}
