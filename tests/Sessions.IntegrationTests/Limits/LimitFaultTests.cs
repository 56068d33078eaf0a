using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Sessions.Identity;
using Sessions.Identity.Limits;
using Sessions.IntegrationTests.Chaos;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Limits;

/// <summary>The limit is open in an outage: whatever fails, the person comes in.</summary>
public sealed class LimitFaultTests
{
    public static TheoryData<FaultKind> Kinds => [FaultKind.Throw, FaultKind.Hang, FaultKind.Block];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_sign_in_passes_unasked_while_the_store_gives_no_answer(FaultKind kind)
    {
        await using var chaos = await StartAsync();
        await chaos.App.CreateUserAsync();
        await chaos.App.NewDevice().SignInAsync();
        var phone = chaos.App.NewDevice(Device.SafariOnIPhone);

        chaos.Store.BeginAll(kind);
        using var answer = await chaos.WithinOneBudgetAsync(() => phone.NavigateAsync("/login", []));

        Assert.Equal("/whoami", answer.Headers.Location?.OriginalString);
        Assert.True(await chaos.WithinOneBudgetAsync(phone.IsSignedInAsync));

        // What could not be kept then is kept when the sign-in is written: the oldest ends.
        chaos.Store.EndAll();
        await Eventually.TrueAsync(
            async () =>
            {
                chaos.PassBreak();
                return await phone.IsSignedInAsync() && (await chaos.App.SessionsAsync()).Count == 2;
            },
            "the sign-in is written");
        Assert.Single(await chaos.App.SessionsAsync(), row => row.EndedAt is null);
        Assert.True(await phone.IsSignedInAsync());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Who_was_asked_goes_on_without_a_choice_when_the_store_is_gone_meanwhile(FaultKind kind)
    {
        await using var chaos = await StartAsync();
        await chaos.App.CreateUserAsync();
        await chaos.App.NewDevice().SignInAsync();
        var phone = chaos.App.NewDevice(Device.SafariOnIPhone);
        using var asked = await phone.NavigateAsync("/login", []);
        Assert.Equal("/choose", asked.Headers.Location?.OriginalString);

        chaos.Store.BeginAll(kind);
        using var shown = await chaos.WithinOneBudgetAsync(() => phone.NavigateAsync("/choose"));
        Assert.Equal("unavailable", await shown.Content.ReadAsStringAsync());
        using var answer = await chaos.WithinOneBudgetAsync(() => phone.NavigateAsync("/choose", []));
        Assert.Equal("/whoami", answer.Headers.Location?.OriginalString);
        Assert.True(await chaos.WithinOneBudgetAsync(phone.IsSignedInAsync));
        chaos.Store.EndAll();

        await Eventually.TrueAsync(
            async () =>
            {
                chaos.PassBreak();
                return await phone.IsSignedInAsync() && (await chaos.App.SessionsAsync()).Count == 2;
            },
            "the sign-in is written");
        Assert.Single(await chaos.App.SessionsAsync(), row => row.EndedAt is null);
        Assert.Equal(2, (await chaos.App.EventsAsync()).Count(row => row.Kind == SessionEventKind.SignedIn));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Turning_back_works_without_the_store(FaultKind kind)
    {
        await using var chaos = await StartAsync();
        await chaos.App.CreateUserAsync();
        await chaos.App.NewDevice().SignInAsync();
        var phone = chaos.App.NewDevice(Device.SafariOnIPhone);
        using var asked = await phone.NavigateAsync("/login", []);

        chaos.Store.BeginAll(kind);
        using var answer = await chaos.WithinOneBudgetAsync(() => phone.NavigateAsync("/turn-back", []));
        chaos.Store.EndAll();
        chaos.PassBreak();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.DoesNotContain("Sessions.Choice", phone.Cookies.GetAllCookies().Select(cookie => cookie.Name));
        Assert.False(await phone.IsSignedInAsync());
    }

    [Fact]
    public async Task A_session_that_can_not_be_ended_for_the_limit_keeps_nobody_out()
    {
        await using var chaos = await StartAsync();
        await chaos.App.CreateUserAsync();
        await chaos.App.NewDevice().SignInAsync();
        var phone = chaos.App.NewDevice(Device.SafariOnIPhone);

        chaos.Store.End.Begin(FaultKind.Throw);
        Assert.Equal("Succeeded", await phone.SignInAsync());
        chaos.Store.End.End();

        Assert.True(await phone.IsSignedInAsync());
        Assert.Equal("Succeeded", await chaos.App.NewDevice().SignInAsync()); // makes up for it
        Assert.Single(await chaos.App.SessionsAsync(), row => row.EndedAt is null);
    }

    private static Task<ChaosApp> StartAsync() => ChaosApp.StartAsync(
        setup =>
        {
            var addFaults = setup.ConfigureServices!;
            setup.ConfigureServices = services =>
            {
                addFaults(services);
                services.RemoveAll<ISessionsPages>();
                services.AddSingleton<ISessionsPages, OwnPage>();
            };
            setup.ConfigureEndpoints = Map;
        },
        options => (options.ConcurrentSignIns.Total, options.ConcurrentSignIns.AtLimit) = (1, SignInLimitAnswer.Ask));

    private static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/login", async (SignInManager<IdentityUser> signIn) =>
        {
            await signIn.PasswordSignInAsync("ada@example.com", TestApp.Password, isPersistent: false, lockoutOnFailure: false);
            return Results.Redirect("/whoami");
        });
        app.MapGet("/choose", async (SignInChoices choices) => await choices.FindAsync() is { IsUnavailable: true } ? "unavailable" : "shown");
        app.MapPost("/choose", async (SignInChoices choices) =>
            await choices.GoOnAsync([]) is { IsDone: true, ReturnUrl: { } url } ? Results.LocalRedirect(url) : Results.NotFound());
        app.MapPost("/turn-back", (SignInChoices choices) => choices.DeclineAsync());
    }

    private sealed class OwnPage : ISessionsPages
    {
        public string? LimitPath(HttpContext context) => "/choose";

        public string? ConfirmAccessPath(HttpContext context) => null;
    }
}
