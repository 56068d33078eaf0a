using Microsoft.AspNetCore.Identity;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Chaos;

/// <summary>A way to sign in: what it needs beforehand, and the request that does it.</summary>
internal sealed record SignInPath(string Method, Func<TestApp, Device, Task<string>> PrepareAsync)
{
    private const string Name = "ada@example.com";

    public static readonly IReadOnlyDictionary<string, SignInPath> All = new Dictionary<string, SignInPath>
    {
        ["password by name"] = new(SignInMethod.Password, (app, _) => WithUserAsync(app, $"/signin?name={Name}&password={TestApp.Password}")),
        ["password by user"] = new(SignInMethod.Password, (app, _) => WithUserAsync(app, $"/signin-user?name={Name}&password={TestApp.Password}")),
        ["direct"] = new(SignInMethod.Unknown, (app, _) => WithUserAsync(app, $"/signin-direct?name={Name}")),
        ["HttpContext"] = new(SignInMethod.Unknown, (app, _) => WithUserAsync(app, $"/signin-http?name={Name}")),
        ["external"] = new(SignInMethod.External, async (app, _) =>
        {
            var user = await app.CreateUserAsync();
            await app.WithUsersAsync(async users =>
                await users.AddLoginAsync((await users.FindByIdAsync(user.Id))!, new UserLoginInfo("Google", "key-1", "Google")));
            return "/signin-external?provider=Google&key=key-1";
        }),
        ["authenticator code"] = new(SignInMethod.Password, async (app, device) =>
        {
            var (user, _) = await app.CreateUserWithTwoFactorAsync();
            await device.SignInAsync();
            return $"/signin-authenticator?code={await app.AuthenticatorCodeAsync(user)}";
        }),
        ["recovery code"] = new(SignInMethod.Password, async (app, device) =>
        {
            var (_, codes) = await app.CreateUserWithTwoFactorAsync();
            await device.SignInAsync();
            return $"/signin-recovery?code={codes[0]}";
        }),
        ["refresh"] = new(SignInMethod.Password, async (app, device) =>
        {
            await app.CreateUserAsync();
            await device.SignInAsync();
            return "/refresh";
        }),
    };

    private static async Task<string> WithUserAsync(TestApp app, string path)
    {
        await app.CreateUserAsync();
        return path;
    }
}
