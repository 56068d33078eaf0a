using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Sessions.Identity.SignIn;

/// <summary>Whose a ticket is, by the claims that the app's Identity options name.</summary>
internal sealed class TicketUser(IOptions<IdentityOptions> options)
{
    public string? IdOf(ClaimsPrincipal principal) => principal.FindFirst(options.Value.ClaimsIdentity.UserIdClaimType)?.Value;

    public string? StampOf(ClaimsPrincipal principal) => principal.FindFirst(options.Value.ClaimsIdentity.SecurityStampClaimType)?.Value;

    public string? StampDigestOf(ClaimsPrincipal principal) => SecretDigest.OfOrNull(StampOf(principal));
}
