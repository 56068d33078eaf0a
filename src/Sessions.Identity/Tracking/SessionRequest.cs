using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sessions.Identity.Limits;
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;
using Sessions.Identity.Validation;

namespace Sessions.Identity.Tracking;

/// <summary>What Sessions knows of one request: its budget, the ticket that was checked, the attempt under way.</summary>
internal sealed class SessionRequest(TrackingBudget budget)
{
    private HttpContext? _context;

    /// <summary>The time that its tracking may take. A WebSocket stays for hours: what is asked over it has a budget of its own each time.</summary>
    public TrackingBudget Budget =>
        _context is { Response.HasStarted: true, WebSockets.IsWebSocketRequest: true } ? budget.Anew() : budget;

    /// <summary>The ticket of the tracked scheme, once it was checked in this request.</summary>
    public CheckedTicket? Ticket { get; set; }

    /// <summary>The session of that ticket, if it is live.</summary>
    public SessionRecord? LiveSession => Ticket is { Outcome: SessionOutcome.Live } ticket ? ticket.Session : null;

    /// <summary>The sign-in that the sign-in manager is making.</summary>
    public SignInAttempt? Attempt { get; set; }

    /// <summary>What the host says of the sign-in that it is about to make: it wins over everything else that is known.</summary>
    public SignInFacts? Tag { get; set; }

    /// <summary>How the first step was made of a sign-in that asks for a second factor.</summary>
    public SignInFacts? FirstStep { get; set; }

    /// <summary>The "remember this machine" ticket of two-factor sign-ins that this request brought or is given.</summary>
    public RememberedMachine? Machine { get; set; }

    /// <summary>The external provider that the app has asked who it is that comes from there.</summary>
    public string? ExternalProvider { get; set; }

    /// <summary>The user that this request has registered with a password.</summary>
    public object? RegisteredUser { get; set; }

    /// <summary>The user whose sign-in this request has put into the trail.</summary>
    public string? SignedInUserId { get; set; }

    /// <summary>Whether the session has changed its user's stamp while this request was checked, and stays.</summary>
    public bool HasMovedStamp { get; set; }

    /// <summary>Whether an external login has failed in this request, and is in the trail.</summary>
    public bool HasRemoteFailure { get; set; }

    /// <summary>How this browser last signed in, once it was asked for.</summary>
    public Task<LastSignIn?>? LastSignIn { get; set; }

    /// <summary>The limits that the host chose for the user who signs in.</summary>
    public (string UserId, SignInLimits Limits)? Limits { get; set; }

    /// <summary>The sign-in that is held back until the response shows whether its person can be asked.</summary>
    public HeldSignIn? Held { get; set; }

    /// <summary>Whether the start of the response looks for such a sign-in.</summary>
    public bool IsGateWatched { get; set; }

    /// <summary>What the person has chosen to sign out, in the request that goes on with the sign-in.</summary>
    public MadeChoice? Choice { get; set; }

    /// <summary>Whether the host wants nothing of this request to be recorded.</summary>
    public bool IsSkipped { get; set; }

    /// <summary>Whether the cookie's last word is already in place: the app signed in or out in this request.</summary>
    public bool CookieIsSettled { get; set; }

    /// <summary>Whether the app has signed out in this request, and not in again: what is written next is a new sign-in.</summary>
    public bool HasSignedOut { get; set; }

    /// <summary>The principal of the ticket: whose it is, also where it could not be adopted.</summary>
    public ClaimsPrincipal? Principal { get; set; }

    /// <summary>Whether the ticket is being read just now: who signs out in the middle of it must not ask for it again.</summary>
    public bool IsAuthenticating { get; set; }

    /// <summary>Whether the end of the response has been hooked up for this request.</summary>
    public bool IsWatched { get; set; }

    public static SessionRequest Of(HttpContext context)
    {
        if (context.Features.Get<SessionRequest>() is { } request)
        {
            return request;
        }

        var options = context.RequestServices.GetRequiredService<IOptions<UserSessionOptions>>().Value;
        request = new SessionRequest(new TrackingBudget(options.TrackingTimeout)) { _context = context };
        context.Features.Set(request);
        return request;
    }
}
