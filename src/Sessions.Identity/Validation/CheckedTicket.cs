using Microsoft.AspNetCore.Authentication;
using Sessions.Identity.Stores;

namespace Sessions.Identity.Validation;

/// <summary>A ticket and what the look-up said of it. Made once per request and scheme.</summary>
internal sealed class CheckedTicket(string scheme, AuthenticationProperties properties, SessionOutcome outcome, SessionRecord? session = null, string? endReason = null)
{
    public string Scheme { get; } = scheme;

    /// <summary>The ticket's properties: the same object comes back when the app writes this ticket again.</summary>
    public AuthenticationProperties Properties { get; } = properties;

    public SessionOutcome Outcome { get; } = outcome;

    public SessionRecord? Session { get; set; } = session;

    public string? EndReason { get; } = endReason;

    /// <summary>Whether the key was put into the ticket in this request, so that the cookie must be written again.</summary>
    public bool IsNewlyKeyed { get; set; }

    /// <summary>Whether the browser may have a newer cookie by now: the session ended a moment ago because its browser signed in or out.</summary>
    public bool IsOverwritten { get; init; }

    public bool IsRefused => Outcome is SessionOutcome.Ended or SessionOutcome.Unknown;
}
