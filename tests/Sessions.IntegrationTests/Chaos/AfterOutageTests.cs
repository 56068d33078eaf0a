using Sessions.Identity;
using Sessions.IntegrationTests.Harness;
using Sessions.IntegrationTests.Lifecycle;

namespace Sessions.IntegrationTests.Chaos;

/// <summary>What happened while the store gave no answer is made up for afterwards, and signs nobody out who should stay.</summary>
public sealed class AfterOutageTests
{
    [Fact]
    public async Task Who_changes_the_password_while_the_look_up_gives_no_answer_stays_and_the_others_end()
    {
        await using var chaos = await ChaosApp.StartAsync(setup => setup.ConfigureEndpoints = AccountEndpoints.Map);
        await chaos.App.CreateUserAsync();
        var (mine, other) = (chaos.App.NewDevice(), chaos.App.NewDevice());
        await mine.SignInAsync();
        await other.SignInAsync();
        var tab = mine.Copy();
        chaos.Store.LookUp.Begin(FaultKind.Throw);

        Assert.Equal("Succeeded", await mine.PostAsync("/change/password"));

        chaos.Store.LookUp.End();
        await Eventually.TrueAsync(async () =>
        {
            chaos.PassBreak();
            return (await chaos.App.SessionsAsync())[1].EndedAt is not null;
        });
        Assert.True(await mine.IsSignedInAsync());
        Assert.True(await tab.IsSignedInAsync());
        Assert.Equal([null, SessionEndReason.PasswordChanged], (await chaos.App.SessionsAsync()).Select(row => row.EndReason));
    }

    [Fact]
    public async Task Who_was_active_while_no_session_could_be_looked_up_is_not_found_idle_afterwards()
    {
        await using var chaos = await ChaosApp.StartAsync(options: options => options.IdleTimeout = TimeSpan.FromHours(1));
        await chaos.App.CreateUserAsync();
        var device = chaos.App.NewDevice();
        await device.SignInAsync();
        chaos.Store.LookUp.Begin(FaultKind.Throw);
        for (var request = 0; request < 3; request++)
        {
            chaos.App.Time.Advance(TimeSpan.FromMinutes(40));
            Assert.True(await device.IsSignedInAsync());
        }

        chaos.Store.LookUp.End();
        chaos.App.Time.Advance(TimeSpan.FromMinutes(40));

        Assert.True(await device.IsSignedInAsync());
        chaos.App.Time.Advance(TimeSpan.FromMinutes(61));
        Assert.False(await device.IsSignedInAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_sweep_that_comes_before_their_next_request_finds_them_active_too(bool alsoLookUps)
    {
        await using var chaos = await ChaosApp.StartAsync(options: options => options.IdleTimeout = TimeSpan.FromHours(1));
        await chaos.App.CreateUserAsync();
        var device = chaos.App.NewDevice();
        await device.SignInAsync();
        var fault = alsoLookUps ? chaos.Store.LookUp : chaos.Store.Touch;
        fault.Begin(FaultKind.Throw);
        chaos.App.Time.Advance(TimeSpan.FromMinutes(50));
        Assert.True(await device.IsSignedInAsync());
        fault.End();
        chaos.App.Time.Advance(TimeSpan.FromMinutes(50));

        Assert.Equal(0, (await chaos.App.SweepAsync()).ExpiredCount);

        Assert.True(await device.IsSignedInAsync());
    }

    [Fact]
    public async Task A_sign_in_from_a_new_device_that_is_written_later_is_told_as_one()
    {
        await using var chaos = await ChaosApp.StartAsync();
        await chaos.App.CreateUserAsync();
        await chaos.App.NewDevice().SignInAsync();
        var device = chaos.App.NewDevice(Device.SafariOnIPhone);
        await SignInDuringOutageAsync(chaos, device, "ada@example.com");

        Assert.True(await device.IsSignedInAsync());

        Assert.Equal([false, true], (await chaos.App.EventsAsync()).Where(row => row.Kind == SessionEventKind.SignedIn).Select(row => row.IsNewDevice));
    }

    [Theory]
    [InlineData("ada@example.com", SessionEndReason.Superseded)]
    [InlineData("bob@example.com", SessionEndReason.SignedOut)]
    public async Task A_sign_in_that_is_written_later_takes_the_place_of_the_session_whose_cookie_it_overwrote(string name, string reason)
    {
        await using var chaos = await ChaosApp.StartAsync();
        await chaos.App.CreateUserAsync();
        await chaos.App.CreateUserAsync("bob@example.com");
        var device = chaos.App.NewDevice();
        await device.SignInAsync();
        var copied = device.Copy();
        chaos.App.Time.Advance(TimeSpan.FromMinutes(1));
        await SignInDuringOutageAsync(chaos, device, name);

        Assert.True(await device.IsSignedInAsync());

        Assert.Equal([reason, null], (await chaos.App.SessionsAsync()).Select(row => row.EndReason));
        chaos.App.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.False(await copied.IsSignedInAsync());
    }

    [Fact]
    public async Task The_sweep_spares_a_session_whose_cookie_was_renewed_while_its_row_could_not_be_written()
    {
        await using var chaos = await ChaosApp.StartAsync();
        await chaos.App.CreateUserAsync();
        var device = chaos.App.NewDevice();
        await device.SignInAsync(persistent: true);
        chaos.Store.Touch.Begin(FaultKind.Throw);
        chaos.App.Time.Advance(TimeSpan.FromDays(8));
        Assert.True(await device.IsSignedInAsync());
        chaos.Store.Touch.End();
        chaos.App.Time.Advance(TimeSpan.FromDays(7));

        Assert.Equal(0, (await chaos.App.SweepAsync()).ExpiredCount);

        Assert.True(await device.IsSignedInAsync());
        chaos.App.Time.Advance(TimeSpan.FromDays(29));
        Assert.Equal(1, (await chaos.App.SweepAsync()).ExpiredCount);
    }

    private static async Task SignInDuringOutageAsync(ChaosApp chaos, Device device, string name)
    {
        foreach (var fault in new[] { chaos.Store.LookUp, chaos.Store.Insert })
        {
            fault.Begin(FaultKind.Throw);
        }

        Assert.Equal("Succeeded", await device.SignInAsync(name));
        chaos.Store.EndAll();
        chaos.PassBreak();
    }
}
