using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
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
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Validation;

/// <summary>Gives a row to a ticket that has none: from before the install, or written while tracking was down.</summary>
internal sealed class TicketAdopter(
    TicketUser ticketUser,
    TicketLifetime lifetime,
    RequestDescriber describer,
    RememberedMachines machines,
    KnownDevices knownDevices,
    TravelRecorder travel,
    LocationFiller filler,
    TrackingBoundary boundary,
    IOptionsMonitor<CookieAuthenticationOptions> cookies,
    DeviceCookie deviceCookie,
    AdoptionGate gate,
    LimitFinder limits,
    SessionSuperseder superseder,
    SessionPruner pruner,
    HookQueue hooks,
    TimeProvider time,
    ILogger<TicketAdopter> logger)
{
    // A host may hold its transaction open until its response is on the way: its user is not there for others yet.
    private static readonly TimeSpan _unseenUserGrace = TimeSpan.FromMinutes(1);

    /// <summary>Finds or makes the row of a ticket.</summary>
    /// <returns>The session and the key that belongs to it, or <see langword="null"/> if the store gave no answer.</returns>
    public async Task<AdoptedTicket?> AdoptAsync(
        HttpContext context, string scheme, string userId, ClaimsPrincipal principal, AuthenticationProperties properties, SessionKey? presented)
    {
        var seed = presented is null ? SeedOf(context, scheme, properties) : null;
        if ((presented ?? SessionKey.From(seed?.Key)) is not { } key)
        {
            return null;
        }

        var request = SessionRequest.Of(context);
        var digest = key.Digest();
        var services = context.RequestServices;
        SessionRecord? session = null;
        if (!await boundary.AskStoreAsync(
            request.Budget, TrackingStep.AdoptSession, async token => session = await Store(services).FindAsync(digest, token)))
        {
            return null;
        }

        if (session is not null)
        {
            return new AdoptedTicket(session, key);
        }

        var adoption = await DescribeAsync(context, scheme, userId, principal, properties, seed, digest);
        var answered = await boundary.AskStoreAsync(
            request.Budget,
            TrackingStep.AdoptSession,
            async token => session = await gate.RunAsync(digest, () => FindOrWriteAsync(Store(services), adoption, token), token));
        if (answered && session is { EndedAt: null } made && made.Id == adoption.Session.Id)
        {
            session = await TakePlaceAsync(context, made, adoption, await limits.FindAsync(context, userId, principal));
        }

        return answered ? new AdoptedTicket(session, key) : null;
    }

    private async Task<SessionRecord?> FindOrWriteAsync(IUserSessionStore store, SessionAdoption adoption, CancellationToken cancellationToken) =>
        await store.FindAsync(adoption.Session.KeyDigest, cancellationToken) ?? await WriteAsync(store, adoption, cancellationToken);

    // A sign-in that could not be written at its time takes the place that it would have taken then. An old ticket may be the very one that
    // is over the cap.
    private async Task<SessionRecord> TakePlaceAsync(HttpContext context, SessionRecord session, SessionAdoption adoption, SignInLimits found)
    {
        if (adoption.SignedIn is not null)
        {
            await superseder.SupersedeAsync(context, adoption.Session, adoption.ReplacedKeyDigest, adoption.Chosen);
        }

        return (await pruner.PruneAsync(context, session.UserId, found)).FirstOrDefault(ended => ended.SessionId == session.Id) is { } own
            ? session with { EndedAt = own.OccurredAt, EndReason = own.EndReason }
            : session;
    }

    /// <summary>Describes a ticket that could not be adopted, for a later try without its request.</summary>
    /// <returns>The adoption, or <see langword="null"/> if there is no ticket to adopt.</returns>
    public async Task<SessionAdoption?> DescribeAsync(HttpContext context, string scheme, ClaimsPrincipal principal, AuthenticationProperties properties) =>
        ticketUser.IdOf(principal) is { } userId && SeedOf(context, scheme, properties) is { } seed
            ? await DescribeAsync(context, scheme, userId, principal, properties, seed, SessionKey.From(seed.Key)!.Value.Digest())
            : null;

    /// <summary>Writes the row of a ticket that has none.</summary>
    public async Task<SessionRecord?> WriteAsync(IUserSessionStore store, SessionAdoption adoption, CancellationToken cancellationToken)
    {
        var session = await store.AdoptAsync(adoption, cancellationToken);
        if (session is null && adoption.SignedIn is { } unseen && time.GetUtcNow() - unseen.OccurredAt < _unseenUserGrace)
        {
            throw new SessionsUnavailableException("A ticket could not be adopted: its user is not to be seen yet.");
        }

        if (session?.Id == adoption.Session.Id && session.EndedAt is null)
        {
            logger.SessionAdopted(session.Id);
            if (adoption.SignedIn is { } signedIn)
            {
                hooks.Publish(signedIn);
            }

            filler.Follow(store, adoption.Session.Origin, session.Id, adoption.SignedIn);
        }

        return session;
    }

    // The whole cookie as received, chunks joined: two devices are told apart, and a copy of it finds the same row, ended or not. A cookie
    // that was renewed before it could be adopted carries what it would have had before.
    private TicketSeed? SeedOf(HttpContext context, string scheme, AuthenticationProperties properties)
    {
        TicketSeed? seed = null;
        boundary.Run(TrackingStep.AdoptSession, () =>
        {
            var options = cookies.Get(scheme);
            seed = properties.GetSeed();
            if (seed is null && options.CookieManager.GetRequestCookie(context, options.Cookie.Name!) is { Length: > 0 } cookie)
            {
                seed = new TicketSeed { Key = SessionKey.Derive(cookie).Value, IssuedAt = properties.IssuedUtc };
                properties.SetSeed(seed);
            }
        });
        return seed;
    }

    private async Task<SessionAdoption> DescribeAsync(
        HttpContext context, string scheme, string userId, ClaimsPrincipal principal, AuthenticationProperties properties, TicketSeed? seed, string digest)
    {
        var deviceId = deviceCookie.Read(context);
        PendingSignIn? pending = null;
        boundary.Run(TrackingStep.AdoptSession, () => pending = properties.GetPendingSignIn());

        var origin = await describer.DescribeAsync(context, deviceId);
        if (pending is null && !SessionNamer.IsDocument(context.Request))
        {
            origin = origin.Unnamed();
        }

        var now = time.GetUtcNow();
        var issued = seed is null ? properties.IssuedUtc : seed.IssuedAt;
        var session = new UserSessionDescriptor
        {
            Id = pending?.Id ?? Guid.CreateVersion7(now),
            UserId = userId,
            KeyDigest = digest,
            StampDigest = ticketUser.StampDigestOf(principal),
            Scheme = scheme,
            Origin = origin,
            SignIn = pending?.SignIn ?? SignInFacts.Unknown,
            TwoFactorRememberDigest = machines.DigestUnasked(context, userId),
            IsPersistent = properties.IsPersistent,
            IsAdopted = true,
            CreatedAt = issued ?? now,
            LastSeenAt = now,
            ExpiresAt = lifetime.LatestEnd(scheme, properties, issued ?? now, now),
        };
        return new SessionAdoption
        {
            Session = session,
            IssuedAt = issued,
            SignedIn = pending is null ? null : await CompareAsync(context, SignedIn(session)),
            ReplacedKeyDigest = pending?.ReplacedKeyDigest,
            Chosen = pending?.Chosen ?? [],
        };
    }

    private async Task<SessionEventDescriptor> CompareAsync(HttpContext context, SessionEventDescriptor signedIn)
    {
        var (services, budget) = (context.RequestServices, SessionRequest.Of(context).Budget);
        return await travel.AddAsync(services, budget, await knownDevices.CompareAsync(services, budget, signedIn));
    }

    // Only a sign-in that Sessions saw, and could not write, has an event: a ticket from before the install is no sign-in of now.
    private static SessionEventDescriptor SignedIn(UserSessionDescriptor session) => new()
    {
        Id = Guid.CreateVersion7(session.CreatedAt),
        Kind = SessionEventKind.SignedIn,
        UserId = session.UserId,
        SessionId = session.Id,
        Scheme = session.Scheme,
        Origin = session.Origin,
        SignIn = session.SignIn,
        WriteKey = $"begin:{session.Id:N}",
        OccurredAt = session.CreatedAt,
    };

    private static IUserSessionStore Store(IServiceProvider services) => services.GetRequiredService<IUserSessionStore>();
}
