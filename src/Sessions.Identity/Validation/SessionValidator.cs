using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Identity.Diagnostics;
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Validation;

/// <summary>Checks a ticket's session: once per request, by one look-up. An answer may refuse; no answer is an outage, and the request goes on.</summary>
internal sealed class SessionValidator(
    TicketUser ticketUser,
    TicketAdopter adopter,
    SessionToucher toucher,
    SessionNamer namer,
    SessionExpirer expirer,
    AccountCheck account,
    SupersededGrace grace,
    TrackingBoundary boundary,
    IOptions<UserSessionOptions> options,
    ILogger<SessionValidator> logger)
{
    public async Task<CheckedTicket> CheckAsync(HttpContext context, string scheme, ClaimsPrincipal principal, AuthenticationProperties properties)
    {
        var request = SessionRequest.Of(context);
        if (request.Ticket is { } known && known.Scheme == scheme && ReferenceEquals(known.Properties, properties))
        {
            return known;
        }

        request.Principal = principal;
        var ticket = await LookUpAsync(context, request, scheme, principal, properties);
        request.Ticket = ticket;
        if (ticket.IsRefused)
        {
            logger.RequestRefused(ticket.Outcome.ToString(), ticket.EndReason ?? "none");
        }

        return ticket;
    }

    /// <summary>Whether a ticket without an answer must be refused too, as hosts may wish that fail closed.</summary>
    public bool FailsClosed(CheckedTicket ticket) =>
        ticket.Outcome == SessionOutcome.Errored && options.Value.OnTrackingFailure == TrackingFailureMode.Refuse;

    private async Task<CheckedTicket> LookUpAsync(
        HttpContext context, SessionRequest request, string scheme, ClaimsPrincipal principal, AuthenticationProperties properties)
    {
        if (ticketUser.IdOf(principal) is not { } userId)
        {
            return new CheckedTicket(scheme, properties, SessionOutcome.Untracked);
        }

        if (properties.GetSessionKey() is not { } key)
        {
            return await AdoptAsync(context, request, scheme, userId, principal, properties, presented: null);
        }

        var digest = key.Digest();
        IUserSessionStore? store = null;
        SessionRecord? session = null;
        if (!boundary.Run(TrackingStep.CheckSession, () => store = Store(context.RequestServices))
            || !await boundary.AskStoreAsync(
                request.Budget,
                TrackingStep.CheckSession,
                async token => session = await store!.FindAsync(digest, token),
                store!.CanFindInPlace(request.Budget.Left)))
        {
            expirer.RememberUnread(digest);
            return new CheckedTicket(scheme, properties, SessionOutcome.Errored);
        }

        expirer.Read(digest, session);
        if (session is null && options.Value.AdoptUnknownBefore is { } before && properties.IssuedUtc < before)
        {
            return await AdoptAsync(context, request, scheme, userId, principal, properties, key);
        }

        return await DecideAsync(context, request, scheme, userId, properties, session);
    }

    private async Task<CheckedTicket> AdoptAsync(
        HttpContext context, SessionRequest request, string scheme, string userId, ClaimsPrincipal principal, AuthenticationProperties properties, SessionKey? presented)
    {
        if (!options.Value.AdoptExistingSessions && presented is null)
        {
            return new CheckedTicket(scheme, properties, SessionOutcome.Untracked);
        }

        if (await adopter.AdoptAsync(context, scheme, userId, principal, properties, presented) is not { } adopted)
        {
            return new CheckedTicket(scheme, properties, SessionOutcome.Errored);
        }

        var ticket = await DecideAsync(context, request, scheme, userId, properties, adopted.Session);
        if (ticket.Outcome == SessionOutcome.Live && presented is null)
        {
            properties.SetSessionKey(adopted.Key);
            ticket.IsNewlyKeyed = true;
        }

        return ticket;
    }

    private async Task<CheckedTicket> DecideAsync(
        HttpContext context, SessionRequest request, string scheme, string userId, AuthenticationProperties properties, SessionRecord? session)
    {
        if (session is null || session.UserId != userId || session.Scheme != scheme)
        {
            return new CheckedTicket(scheme, properties, SessionOutcome.Unknown);
        }

        // The row will go with the next sweep: there is nobody left to write an end for.
        if (session.IsUserGone)
        {
            return new CheckedTicket(scheme, properties, SessionOutcome.Ended, session, SessionEndReason.UserDeleted);
        }

        if (session.EndedAt is null)
        {
            return await GoOnAsync(context, request, scheme, properties, session);
        }

        var isFresh = grace.Covers(session);
        if (session.EndReason == SessionEndReason.Superseded && isFresh)
        {
            return await GraceAsync(context, scheme, properties, session);
        }

        return new CheckedTicket(scheme, properties, SessionOutcome.Ended, session, session.EndReason)
        {
            IsOverwritten = session.EndReason == SessionEndReason.SignedOut && isFresh,
        };
    }

    // A session whose time is over ends before its request is refused. Where that can't be written the request passes, untouched.
    private async Task<CheckedTicket> GoOnAsync(HttpContext context, SessionRequest request, string scheme, AuthenticationProperties properties, SessionRecord session)
    {
        if (account.EndReasonOf(session) is { } changed)
        {
            var attempt = await account.EndAsync(context, session, changed);
            if (attempt is not { IsLive: true })
            {
                return Over(scheme, properties, session, attempt);
            }
        }

        if (expirer.IsOver(session))
        {
            var attempt = await expirer.ExpireAsync(context, session);
            if (attempt is not { IsLive: true })
            {
                return Over(scheme, properties, session, attempt);
            }
        }

        if (!request.IsSkipped)
        {
            await toucher.TouchAsync(context, session, properties);
            await namer.NameAsync(context, session);
        }

        return new CheckedTicket(scheme, properties, SessionOutcome.Live, session);
    }

    private static CheckedTicket Over(string scheme, AuthenticationProperties properties, SessionRecord session, EndAttempt? attempt) => attempt is null
        ? new CheckedTicket(scheme, properties, SessionOutcome.Errored, session)
        : new CheckedTicket(scheme, properties, SessionOutcome.Ended, session, attempt.EndReason);

    private async Task<CheckedTicket> GraceAsync(HttpContext context, string scheme, AuthenticationProperties properties, SessionRecord session)
    {
        var (isAnswered, passing) = await grace.FindAsync(context, session);
        var outcome = (isAnswered, passing) switch
        {
            (false, _) => SessionOutcome.Errored,
            (_, null) => SessionOutcome.Ended,
            _ => SessionOutcome.Untracked,
        };
        var ticket = new CheckedTicket(scheme, properties, outcome, outcome == SessionOutcome.Ended ? session : null, session.EndReason);
        ticket.Supersede(passing);
        return ticket;
    }

    private static IUserSessionStore Store(IServiceProvider services) => services.GetRequiredService<IUserSessionStore>();
}
