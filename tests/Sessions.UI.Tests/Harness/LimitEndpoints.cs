using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.UI.Tests.Harness;

/// <summary>Ways in which an app's own forms answer.</summary>
internal static class LimitEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/form/redirect", async (SignInManager<IdentityUser> signIn, string to) =>
        {
            await SignInAsync(signIn);
            return Results.Redirect(to);
        });
        app.MapPost("/form/redirect-method", async (SignInManager<IdentityUser> signIn) =>
        {
            await SignInAsync(signIn);
            return Results.Redirect("/whoami", permanent: false, preserveMethod: true);
        });
        app.MapPost("/form/page", async (SignInManager<IdentityUser> signIn) =>
        {
            await SignInAsync(signIn);
            return Results.Content("<p>Welcome</p>", "text/html");
        });
        app.MapPost("/form/broken", async (SignInManager<IdentityUser> signIn) =>
        {
            await SignInAsync(signIn);
            throw new InvalidOperationException("After the sign-in.");
        });
        app.MapPost("/form/back-out", async (SignInManager<IdentityUser> signIn) =>
        {
            await SignInAsync(signIn);
            await signIn.SignOutAsync();
            return Results.Redirect("/");
        });
        app.MapPost("/form/claims", async (SignInManager<IdentityUser> signIn) =>
        {
            var user = (await signIn.UserManager.FindByNameAsync("ada@example.com"))!;
            await signIn.SignInWithClaimsAsync(user, isPersistent: true, [new Claim("tenant", "blue", ClaimValueTypes.String, "the app")]);
            return Results.Redirect("/claims");
        });
        app.MapGet("/claims", (ClaimsPrincipal user) => user.FindFirst("tenant") is { } claim ? $"{claim.Value} by {claim.Issuer}" : "none");
        app.MapGet("/external/callback", async (SignInManager<IdentityUser> signIn) =>
        {
            await signIn.ExternalLoginSignInAsync("Example", "key-1", isPersistent: false);
            return Results.Redirect("/whoami");
        });
        app.MapGet("/magic", async (SignInManager<IdentityUser> signIn) =>
        {
            await SignInAsync(signIn);
            return Results.Redirect("/whoami");
        });
    }

    private static Task<SignInResult> SignInAsync(SignInManager<IdentityUser> signIn) =>
        signIn.PasswordSignInAsync("ada@example.com", TestApp.Password, isPersistent: false, lockoutOnFailure: false);
}
