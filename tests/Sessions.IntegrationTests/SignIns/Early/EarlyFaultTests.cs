using Microsoft.AspNetCore.Identity;
using Sessions.Identity;
using Sessions.IntegrationTests.Chaos;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.SignIns.Early;

/// <summary>That question goes wrong, or comes late: the password is checked and the sign-in goes through all the same.</summary>
public sealed class EarlyFaultTests
{
    [Theory]
    [InlineData(FaultKind.Throw)]
    [InlineData(FaultKind.Hang)]
    [InlineData(FaultKind.Block)]
    public async Task A_question_that_gets_no_answer_fails_neither_the_check_nor_the_sign_in_and_costs_no_row(FaultKind kind)
    {
        await using var chaos = await HashingApp.StartAsync();
        HashingApp.Of(chaos).IsPatient = false;
        await chaos.App.CreateUserAsync();
        chaos.Store.Compare.Begin(kind);

        Assert.Equal("Succeeded", await chaos.WithinOneBudgetAsync(() => chaos.App.NewDevice().SignInAsync(), ChaosApp.Budget / 2));
        Assert.Equal("Failed", await chaos.WithinOneBudgetAsync(() => chaos.App.NewDevice().SignInAsync(password: "wrong"), ChaosApp.Budget / 2));

        Assert.Single(await chaos.App.SessionsAsync());
        Assert.Equal([SessionEventKind.SignedIn, SessionEventKind.SignInFailed], (await chaos.App.EventsAsync()).Select(row => row.Kind));
    }

    [Theory]
    [InlineData(TestApp.Password, "Succeeded")]
    [InlineData("wrong", "Failed")]
    public async Task The_check_does_not_end_before_the_question_is_answered_or_given_up(string password, string result)
    {
        await using var chaos = await HashingApp.StartAsync();
        HashingApp.Of(chaos).IsPatient = false;
        await chaos.App.CreateUserAsync();
        chaos.Store.Compare.Begin(FaultKind.Hang);
        var asked = chaos.Victims.NextAsync();
        var waits = chaos.Clock.Timers;

        var answer = chaos.App.NewDevice().SignInAsync(password: password);
        await asked.WaitAsync(Eventually.Patience);
        await chaos.UntilHeldAsync(answer, waits, ChaosApp.Budget / 2);

        Assert.False(answer.IsCompleted);
        chaos.Clock.Advance(ChaosApp.Budget / 2);
        Assert.Equal(result, await answer.WaitAsync(Eventually.Patience));
    }

    [Fact]
    public async Task However_long_the_hash_takes_it_is_not_charged_to_the_question()
    {
        await using var chaos = await HashingApp.StartAsync();
        await chaos.App.CreateUserAsync();
        await chaos.App.NewDevice(Device.SafariOnIPhone).SignInAsync();
        chaos.Store.Compare.Begin(FaultKind.Late);
        HashingApp.Of(chaos).IsPatient = false;
        HashingApp.Of(chaos).Meanwhile = async () =>
        {
            await Eventually.TrueAsync(() => Task.FromResult(chaos.Store.Compare.Hits == 1), "the question is asked");
            chaos.Clock.Advance(ChaosApp.Budget * 5);
            chaos.Store.Compare.EndLater().SetResult();
        };

        Assert.Equal("Succeeded", await chaos.App.NewDevice().SignInAsync());

        Assert.Equal([false, true], (await chaos.App.EventsAsync()).Select(row => row.IsNewDevice));
    }

    [Fact]
    public async Task While_the_circuit_is_open_nothing_is_asked()
    {
        await using var chaos = await HashingApp.StartAsync();
        HashingApp.Of(chaos).IsPatient = false;
        await chaos.App.CreateUserAsync();
        chaos.Store.BeginAll(FaultKind.Hang);
        await chaos.WithinOneBudgetAsync(() => chaos.App.NewDevice().SignInAsync());
        await chaos.WithinOneBudgetAsync(() => chaos.App.NewDevice().SignInAsync());
        var asked = chaos.Store.Compare.Calls;

        Assert.Equal("Succeeded", await chaos.App.NewDevice().SignInAsync());

        Assert.Equal(asked, chaos.Store.Compare.Calls);
    }

    [Fact]
    public async Task A_password_may_be_checked_where_there_is_no_request()
    {
        await using var chaos = await HashingApp.StartAsync();
        HashingApp.Of(chaos).IsPatient = false;
        var user = await chaos.App.CreateUserAsync();
        await using var scope = chaos.App.Services.CreateAsyncScope();
        var signIn = scope.ServiceProvider.GetRequiredService<SignInManager<IdentityUser>>();

        Assert.True((await signIn.CheckPasswordSignInAsync(user, TestApp.Password, lockoutOnFailure: false)).Succeeded);
        Assert.False((await signIn.CheckPasswordSignInAsync(user, "wrong", lockoutOnFailure: false)).Succeeded);
        Assert.Equal(0, chaos.Store.Compare.Calls);
    }
}
