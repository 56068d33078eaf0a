using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Identity.Diagnostics;
using Sessions.Identity.Events;
using Sessions.Identity.Limits;
using Sessions.Identity.Locations;
using Sessions.Identity.Locations.Travel;
using Sessions.Identity.Revocation;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;
using Sessions.Identity.Validation;

namespace Sessions.Identity.SignIn;

/// <summary>Begins a session when a ticket is about to be written: row and event first, then the key goes into the ticket.</summary>
internal sealed class SignInRecorder(
    TicketUser ticketUser,
    TicketLifetime lifetime,
    SignInDescriber describer,
    KnownDevices knownDevices,
    TravelRecorder travel,
    LocationFiller filler,
    TrackingBoundary boundary,
    LimitFinder limits,
    CrowdFinder crowds,
    SessionSuperseder superseder,
    SessionPruner pruner,
    HookQueue hooks,
    IOptions<UserSessionOptions> options,
    TimeProvider time,
    ILogger<SignInRecorder> logger)
{
    /// <summary>Gives a ticket its session, unless it goes on with one that it has.</summary>
    /// <returns>
    /// Whether it may be written: not where its person's choice makes no room for it any more, or was made before, nor where the browser has signed
    /// in again meanwhile and has a newer one.
    /// </returns>
    public async Task<bool> SigningInAsync(HttpContext context, string scheme, ClaimsPrincipal principal, AuthenticationProperties properties)
    {
        if (ticketUser.IdOf(principal) is not { } userId)
        {
            return true;
        }

        var own = await FindOwnAsync(context, properties);
        if (IsOverwritten(context, userId, properties, own))
        {
            if (!HostHoldsTransaction(context))
            {
                await FollowStampAsync(context, own, principal);
            }

            return false;
        }

        if (await GoesOnAsync(context, userId, principal, properties, own))
        {
            return true;
        }

        properties.ClearSession();
        return await BeginAsync(context, scheme, userId, principal, properties);
    }

    // As it is now, not as the request's look-up found it: it may have been superseded or moved since.
    private async Task<SessionRecord?> FindOwnAsync(HttpContext context, AuthenticationProperties properties)
    {
        if (properties.GetSessionKey() is not { } key)
        {
            return null;
        }

        var request = SessionRequest.Of(context);
        var known = request.Ticket is { } ticket && ReferenceEquals(ticket.Properties, properties) ? ticket.Session ?? ticket.Superseded : null;
        if (known is not null && HostHoldsTransaction(context))
        {
            // What the request has changed itself is not to be seen from outside of its transaction, and its row may be locked.
            return known;
        }

        SessionRecord? found = null;
        var services = context.RequestServices;
        await boundary.AskStoreAsync(request.Budget, TrackingStep.CheckSession, async token => found = await Store(services).FindAsync(key.Digest(), token));
        return found ?? known;
    }

    // Written over the cookie that the newer sign-in brought, it would sign the browser out a minute later.
    private static bool IsOverwritten(HttpContext context, string userId, AuthenticationProperties properties, SessionRecord? own)
    {
        var request = SessionRequest.Of(context);
        if (request.HasSignedOut)
        {
            return false;
        }

        var ticket = request.Ticket is { IsRefused: false } known && ReferenceEquals(known.Properties, properties) ? known : null;
        var isOverwritten = own is null
            ? ticket is { IsOverwritten: true, Superseded: var superseded } && (superseded is null || superseded.UserId == userId)
            : own.EndReason == SessionEndReason.Superseded && own.UserId == userId;
        if (isOverwritten && ticket is not null)
        {
            ticket.IsOverwritten = true;
        }

        return isOverwritten;
    }

    // RefreshSignInAsync comes with the properties of the session that goes on. A ticket that is written for another user than its key's
    // row gets a session of its own.
    private async Task<bool> GoesOnAsync(
        HttpContext context, string userId, ClaimsPrincipal principal, AuthenticationProperties properties, SessionRecord? own)
    {
        var request = SessionRequest.Of(context);
        if (properties.GetSessionKey() is null)
        {
            return request.Attempt is { IsRefresh: true } || (request.Ticket is { Session: null } ticket && ReferenceEquals(ticket.Properties, properties));
        }

        if (own is null)
        {
            return true;
        }

        lifetime.Cap(own.Scheme, properties, own.CreatedAt, time.GetUtcNow());
        await FollowStampAsync(context, own, principal);

        // Signed out in this very request, and now signed in with the same properties: that is a new sign-in. Any other ended session stays
        // ended, and its ticket is refused at its next request: a renewal revives nothing.
        var isOver = own.EndedAt is not null && request.HasSignedOut;
        return own.UserId == userId && !isOver;
    }

    // A change that was not seen when it was saved, of a user that the app's context did not track: the refresh that follows tells of it.
    private async Task FollowStampAsync(HttpContext context, SessionRecord? session, ClaimsPrincipal principal)
    {
        if (session?.StampDigest is { } digest && ticketUser.StampOf(principal) is { } stamp && SecretDigest.Of(stamp) != digest)
        {
            var services = context.RequestServices;
            await boundary.AskStoreAsync(
                SessionRequest.Of(context).Budget, TrackingStep.TouchSession, token => Store(services).MoveStampAsync(session.Id, stamp, token));
        }
    }

    private async Task<bool> BeginAsync(HttpContext context, string scheme, string userId, ClaimsPrincipal principal, AuthenticationProperties properties)
    {
        var request = SessionRequest.Of(context);
        request.Principal = principal;
        if (request.IsSkipped)
        {
            request.Ticket = new CheckedTicket(scheme, properties, SessionOutcome.Untracked);
            return true;
        }

        var choice = request.Choice;
        var key = SessionKey.From(choice?.Pending.Key) ?? SessionKey.New();
        var beginning = await describer.DescribeAsync(context, scheme, userId, principal, properties, key);
        beginning = beginning with { Limits = choice?.Pending.Limits ?? await limits.FindAsync(context, userId, principal) };
        request.SignedInUserId = userId;
        var replaced = request.Ticket is { IsRefused: false } old ? old.Properties.GetSessionKey()?.Digest() : null;
        var isHeld = HostHoldsTransaction(context);
        if (!isHeld && await TryWriteAsync(context, beginning) is { } begun)
        {
            await FollowUpAsync(context, beginning, begun);
            properties.SetSessionKey(key);
            request.Ticket = new CheckedTicket(scheme, properties, SessionOutcome.Live, beginning.Session.AsRecord());
            return true;
        }

        if (choice is not null && (choice.IsTooFew || await crowds.IsSpentAsync(context, choice)))
        {
            return false;
        }

        if (!isHeld && options.Value.OnTrackingFailure == TrackingFailureMode.Refuse)
        {
            throw new SessionsUnavailableException("The sign-in could not be tracked, and UserSessionOptions.OnTrackingFailure is Refuse.");
        }

        Postpone(properties, beginning, key, replaced);
        request.Ticket = new CheckedTicket(scheme, properties, SessionOutcome.Errored);
        return true;
    }

    // Nearly always nothing is to be done: the write tells, or one look.
    private async Task FollowUpAsync(HttpContext context, SessionBeginning beginning, SessionBegun begun)
    {
        if (beginning.Limits.IsNone && (!begun.MayLeaveSurplus || !await HasSurplusAsync(context, beginning.Session)))
        {
            return;
        }

        if (beginning.IsReturningBrowser)
        {
            await superseder.SupersedeAsync(context, beginning.Session, replacedKeyDigest: null, chosen: []);
        }

        await pruner.PruneAsync(context, beginning.Session.UserId, beginning.Limits);
    }

    // No answer is none to go by.
    private async Task<bool> HasSurplusAsync(HttpContext context, UserSessionDescriptor session)
    {
        var hasSurplus = false;
        var services = context.RequestServices;
        var answered = await boundary.AskStoreAsync(
            SessionRequest.Of(context).Budget, TrackingStep.PruneSessions, async token => hasSurplus = await Store(services).HasSurplusAsync(session, token));
        return hasSurplus || !answered;
    }

    private bool HostHoldsTransaction(HttpContext context)
    {
        var held = false;
        boundary.Run(TrackingStep.RecordSignIn, () => held = Store(context.RequestServices).HostHoldsTransaction());
        return held;
    }

    private async Task<SessionBegun?> TryWriteAsync(HttpContext context, SessionBeginning beginning)
    {
        var services = context.RequestServices;
        var (budget, choice) = (SessionRequest.Of(context).Budget, SessionRequest.Of(context).Choice);
        SessionBegun? written = null;
        beginning = await knownDevices.CompareAsync(services, budget, beginning, SessionRequest.Of(context).Attempt?.Early);
        beginning = beginning with { SignedIn = await travel.AddAsync(services, budget, beginning.SignedIn) };

        // What follows from the write belongs to the write: it may come through after the request has given it up.
        var answered = await boundary.AskStoreAsync(budget, TrackingStep.RecordSignIn, async token =>
        {
            var store = Store(services);
            if (await store.BeginAsync(beginning, token) is not { } begun)
            {
                choice!.IsTooFew = true;
                return;
            }

            written = begun;
            foreach (var signedOut in begun.Ended)
            {
                hooks.Publish(signedOut, beginning.SignedIn.Origin.Request);
            }

            logger.SessionBegan(beginning.Session.Id, beginning.Session.Scheme, beginning.Session.SignIn.Method);
            hooks.Publish(beginning.SignedIn);
            filler.Follow(store, beginning.Session.Origin, beginning.Session.Id, beginning.SignedIn);
        });
        return answered ? written : null;
    }

    // The ticket says that its sign-in is not in the trail yet; the request that adopts it writes it, once. The key that it will have is
    // the one of the write that was given up: if that comes through late after all, it is this ticket's row.
    private static void Postpone(AuthenticationProperties properties, SessionBeginning beginning, SessionKey key, string? replacedKeyDigest)
    {
        var session = beginning.Session;
        properties.SetSeed(new TicketSeed { Key = key.Value, IssuedAt = session.CreatedAt });
        properties.SetPendingSignIn(new PendingSignIn
        {
            Id = session.Id,
            At = session.CreatedAt,
            SignIn = session.SignIn,
            ReplacedKeyDigest = replacedKeyDigest,
            Chosen = beginning.Chosen.Count > 0 ? beginning.Chosen : null,
        });
    }

    private static IUserSessionStore Store(IServiceProvider services) => services.GetRequiredService<IUserSessionStore>();
}
