using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Chaos;

/// <summary>
/// PostgreSQL is gone altogether, and comes back. Identity's own tables are gone with it, so people sign in by what needs none of them: a
/// host that knows the person from elsewhere.
/// </summary>
public sealed class ServerOutageTests
{
    [Fact]
    public async Task People_stay_in_sign_in_and_sign_out_and_tracking_resumes_when_the_server_is_back()
    {
        await using var server = await OwnPostgres.StartAsync();
        ClaimsPrincipal? known = null;
        await using var app = await TestApp.StartAsync(setup =>
        {
            setup.Database = server.Database;
            setup.ConfigureEndpoints = endpoints => endpoints.MapPost("/signin-known", async context =>
                await context.SignInAsync(IdentityConstants.ApplicationScheme, known!));
        });
        var user = await app.CreateUserAsync();
        known = await app.InScopeAsync(services => services.GetRequiredService<IUserClaimsPrincipalFactory<IdentityUser>>().CreateAsync(user));
        var (staying, leaving, late) = (app.NewDevice(), app.NewDevice(), app.NewDevice(Device.SafariOnIPhone));
        await staying.SignInAsync();
        await leaving.SignInAsync();
        Assert.True(await staying.IsSignedInAsync());

        await server.CrashAsync();
        Assert.True(await staying.IsSignedInAsync());
        await late.PostAsync("/signin-known");
        Assert.True(await late.IsSignedInAsync());
        var copy = leaving.Copy();
        await leaving.PostAsync("/signout");
        Assert.Null(leaving.Ticket);
        Assert.False(await leaving.IsSignedInAsync());
        await server.RestartAsync();

        await Eventually.TrueAsync(
            async () =>
            {
                app.Time.Advance(TimeSpan.FromSeconds(6));
                return await late.IsSignedInAsync() && (await app.SessionsAsync()).Count == 3 && !await copy.IsSignedInAsync();
            },
            "the sign-in and the sign-out are written");
        Assert.True(await staying.IsSignedInAsync());
        Assert.Equal(
            [SessionEventKind.SignedIn, SessionEventKind.SignedIn, SessionEventKind.SignedIn, SessionEventKind.SignedOut],
            (await app.EventsAsync()).Select(row => row.Kind).Order(StringComparer.Ordinal));
        Assert.Equal(2, await app.RevokeAllAsync());
        Assert.False(await staying.IsSignedInAsync());
        Assert.False(await late.IsSignedInAsync());
    }
}
