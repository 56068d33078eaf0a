using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Identity.Diagnostics;
using Sessions.Identity.Events;
using Sessions.Identity.Locations;
using Sessions.Identity.Locations.Travel;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;
using Sessions.Identity.Validation;

namespace Sessions.Identity.SignIn;

/// <summary>Begins a session when a ticket is about to be written: row and event first, then the key goes into the ticket.</summary>
internal sealed class SignInRecorder(
    TicketUser ticketUser,
    TicketLifetime lifetime,
    DeviceCookie deviceCookie,
    RequestDescriber describer,
    TravelRecorder travel,
    LocationFiller filler,
    TrackingBoundary boundary,
    HookQueue hooks,
    IOptions<UserSessionOptions> options,
    TimeProvider time,
    ILogger<SignInRecorder> logger)
{
    /// <summary>Gives a ticket its session, unless it goes on with one that it has.</summary>
    public async Task SigningInAsync(HttpContext context, string scheme, ClaimsPrincipal principal, AuthenticationProperties properties)
    {
        if (ticketUser.IdOf(principal) is not { } userId || await GoesOnAsync(context, userId, properties))
        {
            return;
        }

        properties.ClearSession();
        await BeginAsync(context, scheme, userId, principal, properties);
    }

    /// <summary>Writes the event of a sign-in whose requests are not checked: a bearer token's.</summary>
    public async Task SignedInWithoutSessionAsync(HttpContext context, string scheme, ClaimsPrincipal principal)
    {
        var request = SessionRequest.Of(context);
        if (request.Attempt is not { IsRefresh: false } attempt || ticketUser.IdOf(principal) is not { } userId)
        {
            return;
        }

        var origin = await describer.DescribeAsync(context, deviceId: null);
        var signedIn = Event(Guid.CreateVersion7(time.GetUtcNow()), scheme, userId, attempt, origin, time.GetUtcNow()) with { SessionId = null, WriteKey = null };
        var services = context.RequestServices;
        signedIn = await travel.AddAsync(services, request.Budget, signedIn);
        if (await boundary.AskStoreAsync(request.Budget, TrackingStep.RecordSignIn, token => Store(services).RecordAsync(signedIn, token)))
        {
            hooks.Publish(signedIn);
            filler.Follow(Store(services), origin, sessionId: null, signedIn);
        }
    }

    // RefreshSignInAsync comes with the properties of the session that goes on. A ticket that is written for another user than its key's
    // row gets a session of its own.
    private async Task<bool> GoesOnAsync(HttpContext context, string userId, AuthenticationProperties properties)
    {
        var request = SessionRequest.Of(context);
        if (properties.GetSessionKey() is not { } key)
        {
            return request.Attempt is { IsRefresh: true } || (request.Ticket is { Session: null } ticket && ReferenceEquals(ticket.Properties, properties));
        }

        if (request.Ticket is { Session: { } session } current && ReferenceEquals(current.Properties, properties))
        {
            return session.UserId == userId;
        }

        SessionRecord? found = null;
        var services = context.RequestServices;
        await boundary.AskStoreAsync(request.Budget, TrackingStep.CheckSession, async token => found = await Store(services).FindAsync(key.Digest(), token));

        // Signed out in this very request, and now signed in with the same properties: that is a new sign-in. Any other ended session stays
        // ended, and its ticket is refused at its next request: a renewal revives nothing.
        var isOver = found is { EndedAt: not null } && request.CookieIsSettled;
        return found is null || (found.UserId == userId && !isOver);
    }

    private async Task BeginAsync(HttpContext context, string scheme, string userId, ClaimsPrincipal principal, AuthenticationProperties properties)
    {
        var request = SessionRequest.Of(context);
        var attempt = request.Attempt ?? new SignInAttempt();
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var key = SessionKey.New();
        var deviceId = TakeDeviceId(context);
        var origin = await describer.DescribeAsync(context, deviceId);

        var session = new UserSessionDescriptor
        {
            Id = id,
            UserId = userId,
            KeyDigest = key.Digest(),
            StampDigest = ticketUser.StampDigestOf(principal),
            Scheme = scheme,
            Origin = origin,
            SignInMethod = attempt.Method,
            Provider = attempt.Provider,
            SecondFactor = attempt.SecondFactor,
            IsPersistent = properties.IsPersistent,
            CreatedAt = now,
            LastSeenAt = now,
            ExpiresAt = lifetime.EndOfNew(scheme, properties, now),
        };
        var signedIn = Event(id, scheme, userId, attempt, origin, now);
        var beginning = new SessionBeginning { Session = session, SignedIn = signedIn, Replaced = request.Ticket?.Outcome == SessionOutcome.Live ? request.Ticket.Session : null };

        request.Principal = principal;
        var isHeld = HostHoldsTransaction(context);
        if (!isHeld && await TryWriteAsync(context, await WithTravelAsync(context, beginning)))
        {
            properties.SetSessionKey(key);
            request.Ticket = new CheckedTicket(scheme, properties, SessionOutcome.Live, Record(session));
            return;
        }

        if (!isHeld && options.Value.OnTrackingFailure == TrackingFailureMode.Refuse)
        {
            throw new SessionsUnavailableException("The sign-in could not be tracked, and UserSessionOptions.OnTrackingFailure is Refuse.");
        }

        Postpone(properties, session, key);
        request.Ticket = new CheckedTicket(scheme, properties, SessionOutcome.Errored);
    }

    private async Task<SessionBeginning> WithTravelAsync(HttpContext context, SessionBeginning beginning) =>
        beginning with { SignedIn = await travel.AddAsync(context.RequestServices, SessionRequest.Of(context).Budget, beginning.SignedIn) };

    private bool HostHoldsTransaction(HttpContext context)
    {
        var held = false;
        boundary.Run(TrackingStep.RecordSignIn, () => held = Store(context.RequestServices).HostHoldsTransaction());
        return held;
    }

    // What follows from the write belongs to the write: it may come through after the request has given it up.
    private Task<bool> TryWriteAsync(HttpContext context, SessionBeginning beginning)
    {
        var services = context.RequestServices;
        return boundary.AskStoreAsync(SessionRequest.Of(context).Budget, TrackingStep.RecordSignIn, async token =>
        {
            var store = Store(services);
            await store.BeginAsync(beginning, token);
            logger.SessionBegan(beginning.Session.Id, beginning.Session.Scheme, beginning.Session.SignInMethod);
            hooks.Publish(beginning.SignedIn);
            filler.Follow(store, beginning.Session.Origin, beginning.Session.Id, beginning.SignedIn);
        });
    }

    // The ticket says that its sign-in is not in the trail yet; the request that adopts it writes it, once. The key that it will have is
    // the one of the write that was given up: if that comes through late after all, it is this ticket's row.
    private static void Postpone(AuthenticationProperties properties, UserSessionDescriptor session, SessionKey key)
    {
        properties.SetSeed(new TicketSeed { Key = key.Value, IssuedAt = session.CreatedAt });
        properties.SetPendingSignIn(new PendingSignIn
        {
            Id = session.Id,
            At = session.CreatedAt,
            Method = session.SignInMethod,
            Provider = session.Provider,
            SecondFactor = session.SecondFactor,
        });
    }

    private string? TakeDeviceId(HttpContext context)
    {
        string? deviceId = null;
        boundary.Run(TrackingStep.ReadDeviceCookie, () => deviceId = deviceCookie.Read(context));
        boundary.Run(TrackingStep.WriteCookie, () =>
        {
            var id = deviceId ?? DeviceCookie.NewId();
            deviceCookie.Write(context, id);
            deviceId = id;
        });
        return deviceId;
    }

    private static SessionEventDescriptor Event(Guid sessionId, string scheme, string userId, SignInAttempt attempt, SessionOrigin origin, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(at),
        Kind = SessionEventKind.SignedIn,
        UserId = userId,
        SessionId = sessionId,
        Scheme = scheme,
        Origin = origin,
        SignInMethod = attempt.Method,
        Provider = attempt.Provider,
        SecondFactor = attempt.SecondFactor,
        WriteKey = $"begin:{sessionId:N}",
        OccurredAt = at,
    };

    private static SessionRecord Record(UserSessionDescriptor session) => new()
    {
        Id = session.Id,
        UserId = session.UserId,
        Scheme = session.Scheme,
        DeviceId = session.Origin.DeviceId,
        StampDigest = session.StampDigest,
        CreatedAt = session.CreatedAt,
        LastSeenAt = session.LastSeenAt,
        ExpiresAt = session.ExpiresAt,
    };

    private static IUserSessionStore Store(IServiceProvider services) => services.GetRequiredService<IUserSessionStore>();
}
