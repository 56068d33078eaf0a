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
    RequestTicket tickets, TicketUser ticketUser, SessionExpirer expirer, TrackingBoundary boundary, TimeProvider time)
{
    /// <summary>Finds out why a ticket no longer holds.</summary>
    /// <returns>The ticket as ended, or <see langword="null"/> if there is nothing to tell.</returns>
    public async Task<CheckedTicket?> ExplainAsync(HttpContext context, string scheme)
    {
        AuthenticationTicket? ticket = null;
        boundary.Run(TrackingStep.CheckSession, () => ticket = tickets.Read(context, scheme));
        if (ticket?.Properties.GetSessionKey() is not { } key || ticket.Properties.ExpiresUtc is not { } end || end > time.GetUtcNow())
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

        if (await ReasonAsync(context, session) is { } reason)
        {
            return new CheckedTicket(scheme, ticket.Properties, SessionOutcome.Ended, session, reason);
        }

        return session.EndedAt is null && expirer.EndsWith(session, end)
            ? new CheckedTicket(scheme, ticket.Properties, SessionOutcome.Ended, session, SessionEndReason.Expired) { IsOnlyTold = true }
            : null;
    }

    private async Task<string?> ReasonAsync(HttpContext context, SessionRecord session)
    {
        if (session.EndedAt is not null)
        {
            return session.EndReason;
        }

        return expirer.IsOverWithItsTicket(session) && await expirer.ExpireWithItsTicketAsync(context, session) is { IsLive: false } attempt
            ? attempt.EndReason
            : null;
    }
}
