using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Sessions.Identity;

namespace Sessions.IntegrationTests.Setup;

/// <summary>Sign in, sign out, revoke: as the endpoints of an app with any type of user call them.</summary>
internal static class HostEndpoints
{
    public static void Map<TUser>(IEndpointRouteBuilder app)
        where TUser : class
    {
        app.MapGet("/whoami", (ClaimsPrincipal user) => user.Identity!.Name).RequireAuthorization();
        app.MapGet("/session", async (HttpContext context) => (await context.GetCurrentSessionAsync())?.Id.ToString() ?? "none");
        app.MapPost("/signin", async (SignInManager<TUser> signIn, string name, string password, bool persistent = false) =>
            (await signIn.PasswordSignInAsync(name, password, persistent, lockoutOnFailure: true)).ToString());
        app.MapPost("/signout", (SignInManager<TUser> signIn) => signIn.SignOutAsync());
        app.MapPost("/revoke-others", (ICurrentUserSessions sessions) => sessions.RevokeOthersAsync()).RequireAuthorization();
    }
}
