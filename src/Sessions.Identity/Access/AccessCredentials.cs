using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Sessions.Identity.SignIn;

namespace Sessions.Identity.Access;

/// <summary>Asks Identity's managers.</summary>
internal sealed class AccessCredentials<TUser>(
    SignInManager<TUser> signIn, UserManager<TUser> users, IOptions<UserSessionOptions> options, TimeProvider time) : IAccessCredentials
    where TUser : class
{
    private const string Marker = "Sessions.ConfirmAccess";

    public async Task<AccessWays?> FindAsync(ClaimsPrincipal person)
    {
        if (await users.GetUserAsync(person) is not { } user)
        {
            return null;
        }

        var hasPassword = await HasPasswordAsync(user);
        return new AccessWays(await users.GetUserNameAsync(user) ?? string.Empty, hasPassword, await HasPasskeyAsync(user), hasPassword ? [] : await ProvidersAsync(user));
    }

    public async Task<AccessCheck> CheckPasswordAsync(ClaimsPrincipal person, string password)
    {
        if (await users.GetUserAsync(person) is not { } user)
        {
            return AccessCheck.Failed;
        }

        // The very lockout of the login page: who has somebody's session must not try out passwords here.
        var result = await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        var reason = result.IsLockedOut ? SignInFailureReason.LockedOut : SignInFailureReason.WrongPassword;
        return result.Succeeded ? AccessCheck.Passed : await FailedAsync(user, reason, SignInMethod.Password, result.IsLockedOut);
    }

    public async Task<string?> MakePasskeyOptionsAsync(ClaimsPrincipal person) =>
        await users.GetUserAsync(person) is { } user ? await signIn.MakePasskeyRequestOptionsAsync(user) : null;

    public async Task<AccessCheck> CheckPasskeyAsync(ClaimsPrincipal person, string credential)
    {
        if (await users.GetUserAsync(person) is not { } user)
        {
            return AccessCheck.Failed;
        }

        if (await users.IsLockedOutAsync(user))
        {
            return await FailedAsync(user, SignInFailureReason.LockedOut, SignInMethod.Passkey, isLockedOut: true);
        }

        // Its counter and flags are kept, as a sign-in keeps them.
        return await AssertAsync(credential) is { Succeeded: true } assertion
            && await users.GetUserIdAsync(assertion.User) == await users.GetUserIdAsync(user)
            && (await users.AddOrUpdatePasskeyAsync(user, assertion.Passkey)).Succeeded
                ? AccessCheck.Passed
                : await FailedAsync(user, SignInFailureReason.PasskeyFailed, SignInMethod.Passkey, isLockedOut: false);
    }

    public async Task<AuthenticationProperties?> PrepareExternalAsync(ClaimsPrincipal person, string provider, string redirectUrl)
    {
        if (await users.GetUserAsync(person) is not { } user
            || await HasPasswordAsync(user)
            || (await ProvidersAsync(user)).All(scheme => scheme.Name != provider))
        {
            return null;
        }

        var properties = signIn.ConfigureExternalAuthenticationProperties(provider, redirectUrl, await users.GetUserIdAsync(user));

        properties.Items[Marker] = Marker;

        // OpenID Connect Core 3.1.2.1: the person is to enter their credentials, whatever session they have there. Others pass it over.
        properties.SetParameter<TimeSpan?>("max_age", TimeSpan.Zero);
        return properties;
    }

    public async Task<(AccessCheck Check, string? Provider)> CheckExternalAsync(ClaimsPrincipal person)
    {
        if (await users.GetUserAsync(person) is not { } user
            || await signIn.GetExternalLoginInfoAsync(await users.GetUserIdAsync(user)) is not { } external)
        {
            return (AccessCheck.Failed, null);
        }

        await signIn.Context.SignOutAsync(IdentityConstants.ExternalScheme);
        var owner = await users.FindByLoginAsync(external.LoginProvider, external.ProviderKey);
        var isTheirs = owner is not null && await users.GetUserIdAsync(owner) == await users.GetUserIdAsync(user);
        return isTheirs && !await HasPasswordAsync(user) && IsAskedFor(external) && IsFresh(external.Principal)
            ? (AccessCheck.Passed, external.LoginProvider)
            : (await FailedAsync(user, SignInFailureReason.ExternalFailed, SignInMethod.External, isLockedOut: false, external.LoginProvider), external.LoginProvider);
    }

    // Identity throws where nothing was asked for, or too long ago: a form that is sent twice.
    private async Task<PasskeyAssertionResult<TUser>?> AssertAsync(string credential)
    {
        try
        {
            return await signIn.PerformPasskeyAssertionAsync(credential);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    // Who has a password is asked for that: being signed in at a provider is no proof of it.
    private async Task<bool> HasPasswordAsync(TUser user) => users.SupportsUserPassword && await users.HasPasswordAsync(user);

    // Identity's own store says that it has passkeys also where the app's schema is from before them (its default), and throws then.
    private async Task<bool> HasPasskeyAsync(TUser user)
    {
        try
        {
            return users.SupportsUserPasskey && (await users.GetPasskeysAsync(user)).Count > 0;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<AuthenticationScheme>> ProvidersAsync(TUser user)
    {
        if (!users.SupportsUserLogin)
        {
            return [];
        }

        var theirs = (await users.GetLoginsAsync(user)).Select(login => login.LoginProvider).ToHashSet(StringComparer.Ordinal);
        return [.. (await signIn.GetExternalAuthenticationSchemesAsync()).Where(scheme => theirs.Contains(scheme.Name))];
    }

    // Not by one of the app's other ways there, such as linking the login: they take whatever session the person has at the provider.
    private static bool IsAskedFor(ExternalLoginInfo external) => external.AuthenticationProperties?.Items.ContainsKey(Marker) == true;

    // A provider that says when the person last entered their credentials there is held to it.
    private bool IsFresh(ClaimsPrincipal external) =>
        (external.FindFirst("auth_time") ?? external.FindFirst(ClaimTypes.AuthenticationInstant))?.Value is not { } said
        || (TimeOf(said) is { } at && time.GetUtcNow() - at < options.Value.AccessConfirmation.MaxAge);

    // As OpenID Connect says it, or as WS-Federation and SAML do.
    private static DateTimeOffset? TimeOf(string said)
    {
        if (long.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            return DateTimeOffset.FromUnixTimeSeconds(seconds);
        }

        return DateTimeOffset.TryParse(said, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
    }

    private async Task<AccessCheck> FailedAsync(TUser user, string reason, string method, bool isLockedOut, string? provider = null)
    {
        await signIn.Context.RecordFailedSignInAsync(await users.GetUserNameAsync(user), reason, method, provider);
        return isLockedOut ? AccessCheck.LockedOut : AccessCheck.Failed;
    }
}
