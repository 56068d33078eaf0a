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

    public SessionRecord? Session { get; private set; } = session;

    /// <summary>The session of a ticket that passes although it was superseded, as its browser's sign-in is valid now. The ticket is not attached to the newer one.</summary>
    public SessionRecord? Superseded { get; private set; }

    /// <summary>The session that its request comes from: live, or superseded a moment ago.</summary>
    public SessionRecord? Sender => Superseded ?? (Outcome == SessionOutcome.Live ? Session : null);

    public string? EndReason { get; } = endReason;

    /// <summary>Whether the key was put into the ticket in this request, so that the cookie must be written again.</summary>
    public bool IsNewlyKeyed { get; set; }

    /// <summary>Whether its person is told why it is refused, and the cookie left alone.</summary>
    public bool KeepsCookie { get; init; }

    /// <summary>Whether the browser may have a newer cookie by now: the session ended a moment ago because its browser signed in or out.</summary>
    public bool IsOverwritten { get; set; }

    public bool IsRefused => Outcome is SessionOutcome.Ended or SessionOutcome.Unknown;

    /// <summary>Takes in that the session was superseded: its browser has a newer cookie, and may be signed in by that.</summary>
    public void Supersede(SessionRecord? passing) => (Superseded, IsOverwritten) = (passing, true);

    /// <summary>Takes in what the session that the request comes from is by now.</summary>
    public void Update(SessionRecord sender)
    {
        if (Superseded is null)
        {
            Session = sender;
        }
        else
        {
            Superseded = sender;
        }
    }
}
