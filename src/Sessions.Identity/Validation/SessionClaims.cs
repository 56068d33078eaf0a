using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Sessions.Identity.Stores;

namespace Sessions.Identity.Validation;

/// <summary>Tells the rest of the request which session it has: as a feature and, if the host wishes, as a claim.</summary>
internal sealed class SessionClaims(IOptions<UserSessionOptions> options)
{
    // The name that OpenID Connect gives to a session's id (OpenID Connect Front-Channel Logout 1.0, section 3).
    private const string SessionIdClaim = "sid";

    public AuthenticateResult Tell(HttpContext context, CheckedTicket ticket, AuthenticateResult result)
    {
        if (ticket.Session is not { } session)
        {
            return result;
        }

        context.Features.Set<IUserSessionFeature>(new UserSessionFeature(session.Id));
        return options.Value.AddSessionIdClaim ? WithClaim(session, result) : result;
    }

    // On a principal of its own: the ticket's must not carry it, or a renewal would write it into the cookie.
    private static AuthenticateResult WithClaim(SessionRecord session, AuthenticateResult result)
    {
        var principal = new ClaimsPrincipal(result.Principal!.Identities);
        principal.AddIdentity(new ClaimsIdentity([new Claim(SessionIdClaim, session.Id.ToString())]));
        return AuthenticateResult.Success(new AuthenticationTicket(principal, result.Properties, result.Ticket!.AuthenticationScheme));
    }

    private sealed record UserSessionFeature(Guid SessionId) : IUserSessionFeature;
}
