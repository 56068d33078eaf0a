using Sessions.Identity;

namespace Microsoft.AspNetCore.Authorization;

/// <summary>Adds confirmed access to an authorization policy.</summary>
public static class ConfirmedAccessPolicyExtensions
{
    /// <summary>Requires that the person entered their credentials lately, on the very session that the request belongs to.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="maxAge">How lately; <see langword="null"/> for <see cref="AccessConfirmationOptions.MaxAge"/>.</param>
    /// <returns>The policy.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The age is not longer than zero.</exception>
    public static AuthorizationPolicyBuilder RequireConfirmedAccess(this AuthorizationPolicyBuilder policy, TimeSpan? maxAge = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy.RequireAuthenticatedUser().AddRequirements(new ConfirmedAccessRequirement(maxAge));
    }
}
