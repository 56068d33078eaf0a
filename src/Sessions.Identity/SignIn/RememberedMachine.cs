using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace Sessions.Identity.SignIn;

/// <summary>A "remember this machine" ticket that a request brought or is given.</summary>
/// <param name="userId">Whose two-factor sign-ins it stands for.</param>
/// <param name="principal">The ticket's principal.</param>
/// <param name="properties">The ticket's properties.</param>
/// <param name="nonce">The ticket's nonce, or the one that it will have.</param>
internal sealed class RememberedMachine(string userId, ClaimsPrincipal principal, AuthenticationProperties properties, RememberNonce nonce)
{
    public string UserId { get; } = userId;

    public ClaimsPrincipal Principal { get; } = principal;

    public AuthenticationProperties Properties { get; } = properties;

    public RememberNonce Nonce { get; } = nonce;

    public bool HasNonce => Properties.GetRememberNonce() is not null;

    /// <summary>Whether its cookie was written or found valid in this request: only then may it be written again.</summary>
    public bool IsCurrent { get; set; }

    public MachineTrust Trust { get; set; }

    public bool IsTrusted => Trust is MachineTrust.Bound or MachineTrust.Unbound;
}
