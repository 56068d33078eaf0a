using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Sessions.Identity;

namespace Sessions.IntegrationTests.Harness;

/// <summary>Every way to sign in and out, as an app's own endpoints call them.</summary>
internal static class TestEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/whoami", (ClaimsPrincipal user) => user.Identity!.Name).RequireAuthorization();
        app.MapGet("/session", async (HttpContext context) => (await context.GetCurrentSessionAsync())?.Id.ToString() ?? "none");
        app.MapGet("/open", (ClaimsPrincipal user) => user.Identity?.Name ?? "nobody");

        app.MapPost("/signin", async (SignInManager<IdentityUser> signIn, string name, string password, bool persistent = false, bool lockout = true) =>
            Say(await signIn.PasswordSignInAsync(name, password, persistent, lockout)));
        app.MapPost("/signin-user", async (SignInManager<IdentityUser> signIn, UserManager<IdentityUser> users, string name, string password) =>
            Say(await signIn.PasswordSignInAsync((await users.FindByNameAsync(name))!, password, isPersistent: false, lockoutOnFailure: true)));
        app.MapPost("/check-password", async (SignInManager<IdentityUser> signIn, UserManager<IdentityUser> users, string name, string password) =>
            Say(await signIn.CheckPasswordSignInAsync((await users.FindByNameAsync(name))!, password, lockoutOnFailure: false)));
        app.MapPost("/signin-direct", async (SignInManager<IdentityUser> signIn, UserManager<IdentityUser> users, string name) =>
        {
            await signIn.SignInAsync((await users.FindByNameAsync(name))!, isPersistent: false);
            return "Succeeded";
        });
        app.MapPost("/signin-http", async (HttpContext context, SignInManager<IdentityUser> signIn, UserManager<IdentityUser> users, string name) =>
        {
            var principal = await signIn.CreateUserPrincipalAsync((await users.FindByNameAsync(name))!);
            await context.SignInAsync(IdentityConstants.ApplicationScheme, principal);
            return "Succeeded";
        });
        app.MapPost("/signin-external", async (SignInManager<IdentityUser> signIn, string provider, string key) =>
            Say(await signIn.ExternalLoginSignInAsync(provider, key, isPersistent: false)));
        app.MapPost("/signin-authenticator", async (SignInManager<IdentityUser> signIn, string code) =>
            Say(await signIn.TwoFactorAuthenticatorSignInAsync(code, isPersistent: false, rememberClient: false)));
        app.MapPost("/signin-code", async (SignInManager<IdentityUser> signIn, string provider, string code) =>
            Say(await signIn.TwoFactorSignInAsync(provider, code, isPersistent: false, rememberClient: false)));
        app.MapPost("/signin-recovery", async (SignInManager<IdentityUser> signIn, string code) =>
            Say(await signIn.TwoFactorRecoveryCodeSignInAsync(code)));
        app.MapPost("/signin-passkey", async (SignInManager<IdentityUser> signIn, string credential) =>
            Say(await signIn.PasskeySignInAsync(credential)));
        app.MapPost("/refresh", async (SignInManager<IdentityUser> signIn, UserManager<IdentityUser> users, ClaimsPrincipal user) =>
        {
            await signIn.RefreshSignInAsync((await users.GetUserAsync(user))!);
            return "Succeeded";
        }).RequireAuthorization();
        app.MapPost("/signout", (SignInManager<IdentityUser> signIn) => signIn.SignOutAsync());

        app.MapPost("/revoke", async (ICurrentUserSessions sessions, Guid id) => await sessions.RevokeAsync(id) ? Results.Ok() : Results.NotFound()).RequireAuthorization();
        app.MapPost("/revoke-others", (ICurrentUserSessions sessions) => sessions.RevokeOthersAsync()).RequireAuthorization();
    }

    private static string Say(SignInResult result) =>
        result.Succeeded ? "Succeeded" : result.RequiresTwoFactor ? "RequiresTwoFactor" : result.ToString();
}
