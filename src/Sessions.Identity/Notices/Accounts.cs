using Microsoft.AspNetCore.Identity;

namespace Sessions.Identity.Notices;

/// <summary>Asks Identity's manager of users, as far as the app's store supports the question.</summary>
internal sealed class Accounts<TUser>(UserManager<TUser> users) : IAccounts
    where TUser : class
{
    public async Task<string?> FindConfirmedEmailAsync(string userId) =>
        users.SupportsUserEmail
        && await users.FindByIdAsync(userId) is { } user
        && await users.IsEmailConfirmedAsync(user)
        && await users.GetEmailAsync(user) is { Length: > 0 } address
            ? address
            : null;

    public async Task<AccountKeys> KeysOfAsync(string userId)
    {
        if (await users.FindByIdAsync(userId) is not { } user)
        {
            return AccountKeys.None;
        }

        var logins = users.SupportsUserLogin ? await users.GetLoginsAsync(user) : [];
        return new AccountKeys(
            users.SupportsUserPassword && await users.HasPasswordAsync(user),
            [.. logins.Select(login => login.ProviderDisplayName ?? login.LoginProvider)]);
    }
}
