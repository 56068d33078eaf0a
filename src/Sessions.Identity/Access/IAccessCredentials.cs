using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace Sessions.Identity.Access;

/// <summary>The ways in which a person can enter their credentials again, for pages that don't know the app's type of users.</summary>
/// <remarks>An instance belongs to one request. Every check is Identity's own.</remarks>
internal interface IAccessCredentials
{
    /// <summary>Finds what the person has.</summary>
    /// <returns>The ways, or <see langword="null"/> if there is no such user.</returns>
    Task<AccessWays?> FindAsync(ClaimsPrincipal person);

    /// <summary>Checks the password. Wrong ones count towards the lockout.</summary>
    Task<AccessCheck> CheckPasswordAsync(ClaimsPrincipal person, string password);

    /// <summary>Makes the options that the browser asks an authenticator with: only for passkeys of the person.</summary>
    /// <returns>JSON, or <see langword="null"/> if there is no such user.</returns>
    Task<string?> MakePasskeyOptionsAsync(ClaimsPrincipal person);

    /// <summary>Checks what the authenticator answered.</summary>
    Task<AccessCheck> CheckPasskeyAsync(ClaimsPrincipal person, string credential);

    /// <summary>Prepares to sign in once more at a provider of the person's.</summary>
    /// <returns>The properties of the challenge, or <see langword="null"/> if the person has no login there.</returns>
    Task<AuthenticationProperties?> PrepareExternalAsync(ClaimsPrincipal person, string provider, string redirectUrl);

    /// <summary>Checks who comes back from there.</summary>
    /// <returns>What came of it, and from which provider.</returns>
    Task<(AccessCheck Check, string? Provider)> CheckExternalAsync(ClaimsPrincipal person);
}

/// <summary>The ways that a person has.</summary>
internal sealed record AccessWays(string Name, bool HasPassword, bool HasPasskey, IReadOnlyList<AuthenticationScheme> Providers);

/// <summary>What came of a check.</summary>
internal enum AccessCheck
{
    Failed,
    LockedOut,
    Passed,
}
