using Microsoft.AspNetCore.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.TwoFactor;

/// <summary>What people do who let a machine be remembered for their two-factor sign-ins.</summary>
internal static class MachineApp
{
    public const string Cookie = "Identity.TwoFactorRememberMe";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/signin-and-remember", async (SignInManager<IdentityUser> signIn, string code) =>
            (await signIn.TwoFactorAuthenticatorSignInAsync(code, isPersistent: false, rememberClient: true)).ToString());
        app.MapPost("/remember", async (SignInManager<IdentityUser> signIn, UserManager<IdentityUser> users) =>
            await signIn.RememberTwoFactorClientAsync((await users.FindByNameAsync("ada@example.com"))!));
        app.MapGet("/remembered", async (SignInManager<IdentityUser> signIn, UserManager<IdentityUser> users) =>
            await signIn.IsTwoFactorClientRememberedAsync((await users.FindByNameAsync("ada@example.com"))!) ? "yes" : "no");
    }

    /// <summary>Signs in with the second factor, and lets the machine be remembered.</summary>
    public static async Task SignInAndRememberAsync(this TestApp app, Device device, IdentityUser user)
    {
        Assert.Equal("RequiresTwoFactor", await device.SignInAsync());
        Assert.Equal("Succeeded", await device.PostAsync($"/signin-and-remember?code={await app.AuthenticatorCodeAsync(user)}"));
    }

    /// <summary>Whether somebody with the password gets in by this device without the second factor.</summary>
    public static async Task<bool> IsRememberedAsync(this Device device) => await device.SignInAsync() == "Succeeded";

    public static string? Machine(this Device device) => device.Cookies.GetCookies(new Uri("https://localhost/"))[Cookie]?.Value;

    /// <summary>Another browser that has a copy of this one's "remember this machine" and nothing else.</summary>
    public static Device CopyMachine(this TestApp app, Device device)
    {
        var thief = app.NewDevice(Device.SafariOnIPhone);
        thief.Cookies.Add(new Uri("https://localhost/"), new System.Net.Cookie(Cookie, device.Machine(), "/"));
        return thief;
    }
}
