using Microsoft.AspNetCore.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Chaos;

/// <summary>A request that was under way when its browser signed in again, and refreshes its sign-in while the store gives no answer.</summary>
public sealed class LateRefreshTests
{
    [Theory]
    [InlineData(FaultKind.Throw)]
    [InlineData(FaultKind.Hang)]
    [InlineData(FaultKind.Block)]
    public async Task It_leaves_the_newer_cookie_alone(FaultKind kind)
    {
        ChaosApp? running = null;
        await using var chaos = await ChaosApp.StartAsync(setup => setup.ConfigureEndpoints = endpoints => endpoints
            .MapPost("/refresh-unanswered", async (SignInManager<IdentityUser> signIn, UserManager<IdentityUser> users, HttpContext context) =>
            {
                var user = (await users.GetUserAsync(context.User))!;
                running!.Store.LookUp.Begin(kind);
                await signIn.RefreshSignInAsync(user);
            })
            .RequireAuthorization());
        running = chaos;
        await chaos.App.CreateUserAsync();
        var browser = chaos.App.NewDevice();
        await browser.SignInAsync();
        var late = browser.Copy();
        await browser.SignInAsync();

        using var answer = await chaos.WithinOneBudgetAsync(() => late.SendAsync(HttpMethod.Post, "/refresh-unanswered"));

        Assert.True(answer.IsSuccessStatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"), "the newer cookie stays");
        chaos.Store.LookUp.End();
        chaos.App.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.True(await browser.IsSignedInAsync());
    }
}
