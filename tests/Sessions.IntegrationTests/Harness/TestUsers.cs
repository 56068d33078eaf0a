using Microsoft.AspNetCore.Identity;
using Sessions.Identity;

namespace Sessions.IntegrationTests.Harness;

/// <summary>What an operator does to a person's sessions.</summary>
internal static class TestUsers
{
    public static Task<int> RevokeAllAsync(this TestApp app, string name = "ada@example.com") =>
        app.WithUsersAsync(async users => await users.RevokeAllSessionsAsync((await users.FindByNameAsync(name))!));

    public static Task<bool> RevokeAsync(this TestApp app, Guid sessionId, string name = "ada@example.com") =>
        app.WithUsersAsync(async users => await users.RevokeSessionAsync((await users.FindByNameAsync(name))!, sessionId));

    /// <summary>A person whose account is linked to an external one.</summary>
    public static async Task<IdentityUser> CreateUserWithLoginAsync(this TestApp app, string provider)
    {
        var user = await app.CreateUserAsync();
        await app.WithUsersAsync(async users =>
            await users.AddLoginAsync((await users.FindByIdAsync(user.Id))!, new UserLoginInfo(provider, "key-1", provider)));
        return user;
    }
}
