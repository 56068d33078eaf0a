using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Sessions.Identity.SignIn;

namespace Sessions.Identity;

/// <summary>The identities that are a user's own beyond doubt, so that attempts typed against them may be shown to that user.</summary>
internal static class UserIdentities
{
    private static readonly EmailAddressAttribute _email = new();

    public static async Task<IReadOnlyList<string>> OfAsync<TUser>(UserManager<TUser> users, TUser user)
        where TUser : class
    {
        var email = users.SupportsUserEmail && await users.IsEmailConfirmedAsync(user) ? await users.GetEmailAsync(user) : null;
        var phone = users.SupportsUserPhoneNumber && await users.IsPhoneNumberConfirmedAsync(user) ? await users.GetPhoneNumberAsync(user) : null;
        var name = await users.GetUserNameAsync(user);

        // A name that is an address is its owner's only once the address is confirmed: anybody can register with somebody else's.
        string?[] own = [IsForeignAddress(name, email) ? null : name, email, phone];
        return [.. own.Select(TypedIdentity.Normalize).OfType<string>().Distinct()];
    }

    private static bool IsForeignAddress(string? name, string? confirmedEmail) =>
        name is not null && _email.IsValid(name) && !string.Equals(name, confirmedEmail, StringComparison.OrdinalIgnoreCase);
}
