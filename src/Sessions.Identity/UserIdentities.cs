using System.ComponentModel.DataAnnotations;
using Sessions.Identity.SignIn;

namespace Sessions.Identity;

/// <summary>The identities that are a user's own beyond doubt, so that attempts typed against them may be shown to that user.</summary>
internal static class UserIdentities
{
    private static readonly EmailAddressAttribute _email = new();

    public static string[] Of(string? userName, string? confirmedEmail, string? confirmedPhone)
    {
        // A name that is an address is its owner's only once the address is confirmed: anybody can register with somebody else's.
        string?[] own = [IsForeignAddress(userName, confirmedEmail) ? null : userName, confirmedEmail, confirmedPhone];
        return [.. own.Select(TypedIdentity.Normalize).OfType<string>().Distinct()];
    }

    private static bool IsForeignAddress(string? name, string? confirmedEmail) =>
        name is not null && _email.IsValid(name) && !string.Equals(name, confirmedEmail, StringComparison.OrdinalIgnoreCase);
}
