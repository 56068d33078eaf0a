using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Validation;

/// <summary>Looks at a ticket that has run out: its session ends with it, and the person is told why they are signed out.</summary>
/// <remarks>Identity refuses it in any case. An old copy of a ticket that was renewed meanwhile says nothing about the session.</remarks>
internal sealed class ExpiredTicket(
    RequestTicket tickets, TicketUser ticketUser, SessionExpirer expirer, SupersededGrace grace, TrackingBoundary boundary, TimeProvider time)
{
    /// <summary>Finds out why a ticket no longer holds.</summary>
    /// <returns>The ticket as ended, or <see langword="null"/> if there is nothing to tell.</returns>
    public async Task<CheckedTicket?> ExplainAsync(HttpContext context, string scheme)
    {
        AuthenticationTicket? ticket = null;
        boundary.Run(TrackingStep.CheckSession, () => ticket = tickets.Read(context, scheme));
        if (ticket?.Properties.GetSessionKey() is not { } key || !(ticket.Properties.ExpiresUtc <= time.GetUtcNow()))
        {
            return null;
        }

        SessionRecord? session = null;
        var services = context.RequestServices;
        await boundary.AskStoreAsync(
            SessionRequest.Of(context).Budget,
            TrackingStep.CheckSession,
            async token => session = await services.GetRequiredService<IUserSessionStore>().FindAsync(key.Digest(), token));
        if (session is null || session.Scheme != scheme || session.UserId != ticketUser.IdOf(ticket.Principal))
        {
            return null;
        }

        return await EndAsync(context, session, ticket.Properties) is var (reason, isFresh) && reason is not null
            ? new CheckedTicket(scheme, ticket.Properties, SessionOutcome.Ended, session, reason) { KeepsCookie = isFresh }
            : null;
    }

    // Where it was ended a moment ago by something else, that may have been a sign-in of its browser, which has a newer cookie then. Who signs in
    // again, or has signed out, need not be told.
    private async Task<(string? Reason, bool IsFresh)> EndAsync(HttpContext context, SessionRecord session, AuthenticationProperties ticket)
    {
        var (reason, isFresh) = (session.EndReason, grace.Covers(session));
        if (session.EndedAt is null && expirer.IsOverWithItsTicket(session, ticket)
            && await expirer.ExpireWithItsTicketAsync(context, session, ticket) is { IsLive: false } attempt)
        {
            (reason, isFresh) = (attempt.EndReason, attempt.Ended is null);
        }

        return isFresh && reason is (SessionEndReason.Superseded or SessionEndReason.SignedOut) ? (null, true) : (reason, isFresh);
    }
}
