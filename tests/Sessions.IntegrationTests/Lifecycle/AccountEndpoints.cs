using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Lifecycle;

/// <summary>What people and operators change of accounts, as an app's own endpoints do it: without refreshing the sign-in.</summary>
internal static class AccountEndpoints
{
    private static readonly byte[] _credential = Encoding.ASCII.GetBytes("credential");

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/change/{change}", async (UserManager<IdentityUser> users, ClaimsPrincipal person, string change) =>
            (await ChangeAsync(users, (await users.GetUserAsync(person))!, change)).ToString()).RequireAuthorization();
        app.MapPost("/change-in-transaction", async (TestDb db, UserManager<IdentityUser> users, ClaimsPrincipal person, string change, bool commits) =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            await ChangeAsync(users, (await users.GetUserAsync(person))!, change);
            await (commits ? transaction.CommitAsync() : transaction.RollbackAsync());
        }).RequireAuthorization();
        app.MapPost("/operate/{change}", async (UserManager<IdentityUser> users, string name, string change) =>
            (await ChangeAsync(users, (await users.FindByNameAsync(name))!, change)).ToString()).RequireAuthorization();
        app.MapPost("/reset", async (UserManager<IdentityUser> users, string name) =>
        {
            var user = (await users.FindByNameAsync(name))!;
            return (await users.ResetPasswordAsync(user, await users.GeneratePasswordResetTokenAsync(user), TestApp.Password)).ToString();
        });
        app.MapPost("/check-only", async (UserManager<IdentityUser> users) =>
            await users.CheckPasswordAsync((await users.FindByNameAsync("ada@example.com"))!, TestApp.Password));
    }

    public static Task<IdentityResult> AddPasskeyAsync(this TestApp app, IdentityUser user) => app.WithUsersAsync(async users =>
        await users.AddOrUpdatePasskeyAsync(
            (await users.FindByIdAsync(user.Id))!,
            new UserPasskeyInfo(_credential, [1], app.Time.Start, 0, ["internal"], isUserVerified: true, isBackupEligible: false, isBackedUp: false, [2], [3])));

    public static async Task<IdentityResult> ChangeAsync(UserManager<IdentityUser> users, IdentityUser user, string change) => change switch
    {
        "password" => await users.ChangePasswordAsync(user, TestApp.Password, "An0ther-word!"),
        "two-factor" => await users.SetTwoFactorEnabledAsync(user, true),
        "email" => await users.ChangeEmailAsync(user, "new@example.com", await users.GenerateChangeEmailTokenAsync(user, "new@example.com")),
        "phone" => await users.SetPhoneNumberAsync(user, "+34600000000"),
        "remove-login" => await users.RemoveLoginAsync(user, "Google", "key-1"),
        "remove-passkey" => await users.RemovePasskeyAsync(user, _credential),
        _ => await users.UpdateSecurityStampAsync(user),
    };
}
