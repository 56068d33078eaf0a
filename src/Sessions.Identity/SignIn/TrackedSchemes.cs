using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace Sessions.Identity.SignIn;

/// <summary>Which authentication schemes hold sessions: Identity's application cookie.</summary>
internal sealed class TrackedSchemes(IAuthenticationSchemeProvider schemes)
{
    public static readonly string Application = IdentityConstants.ApplicationScheme;

    public static bool IsTracked(string? scheme) => scheme == Application;

    /// <summary>A bearer sign-in writes its event and no row: nothing checks bearer requests yet, and a page must offer no sign-out that does nothing.</summary>
    public static bool IsBearer(string? scheme) => scheme == IdentityConstants.BearerScheme;

    public async ValueTask<string?> ToAuthenticateAsync(string? scheme) => scheme ?? (await schemes.GetDefaultAuthenticateSchemeAsync())?.Name;

    public async ValueTask<string?> ToSignInAsync(string? scheme) => scheme ?? (await schemes.GetDefaultSignInSchemeAsync())?.Name;

    public async ValueTask<string?> ToSignOutAsync(string? scheme) => scheme ?? (await schemes.GetDefaultSignOutSchemeAsync())?.Name;
}
