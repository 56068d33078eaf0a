using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Identity.Diagnostics;
using Sessions.Identity.Events;
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Validation;

/// <summary>Gives a row to a ticket that has none: from before the install, or written while tracking was down.</summary>
internal sealed class TicketAdopter(
    TicketUser ticketUser,
    TicketLifetime lifetime,
    RequestDescriber describer,
    TrackingBoundary boundary,
    IOptionsMonitor<CookieAuthenticationOptions> cookies,
    DeviceCookie deviceCookie,
    HookQueue hooks,
    TimeProvider time,
    ILogger<TicketAdopter> logger)
{
    // A burst of requests with one cookie writes one row; the others of this process wait for it instead of colliding with it.
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _underWay = new();

    /// <summary>Finds or makes the row of a ticket.</summary>
    /// <returns>The session and the key that belongs to it, or <see langword="null"/> if the store gave no answer.</returns>
    public async Task<AdoptedTicket?> AdoptAsync(
        HttpContext context, string scheme, string userId, ClaimsPrincipal principal, AuthenticationProperties properties, SessionKey? presented)
    {
        // The whole cookie as received, chunks joined: two devices are told apart, and a copy of it finds the same row, ended or not.
        var cookie = cookies.Get(scheme);
        if ((presented ?? Derived(cookie.CookieManager.GetRequestCookie(context, cookie.Cookie.Name!))) is not { } key)
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

        if (session is null)
        {
            var adoption = await DescribeAsync(context, scheme, userId, principal, properties, digest);
            await boundary.AskStoreAsync(
                request.Budget, TrackingStep.AdoptSession, async token => session = await OneAtATimeAsync(services, adoption, token));
        }

        return session is null ? null : new AdoptedTicket(session, key);
    }

    private async Task<SessionRecord> OneAtATimeAsync(IServiceProvider services, SessionAdoption adoption, CancellationToken cancellationToken)
    {
        var digest = adoption.Session.KeyDigest;
        var gate = _underWay.GetOrAdd(digest, static _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellationToken);
        try
        {
            var store = Store(services);
            if (await store.FindAsync(digest, cancellationToken) is { } found)
            {
                return found;
            }

            var session = await store.AdoptAsync(adoption, cancellationToken);
            if (session.Id == adoption.Session.Id && session.EndedAt is null)
            {
                logger.SessionAdopted(session.Id);
                if (adoption.SignedIn is { } signedIn)
                {
                    hooks.Publish(signedIn);
                }
            }

            return session;
        }
        finally
        {
            gate.Release();
            _underWay.TryRemove(digest, out _);
        }
    }

    private async Task<SessionAdoption> DescribeAsync(
        HttpContext context, string scheme, string userId, ClaimsPrincipal principal, AuthenticationProperties properties, string digest)
    {
        string? deviceId = null;
        boundary.Run(TrackingStep.ReadDeviceCookie, () => deviceId = deviceCookie.Read(context));
        PendingSignIn? pending = null;
        boundary.Run(TrackingStep.AdoptSession, () => pending = properties.GetPendingSignIn());

        var origin = await describer.DescribeAsync(context, deviceId);
        var now = time.GetUtcNow();
        var issued = pending?.At ?? properties.IssuedUtc;
        var session = new UserSessionDescriptor
        {
            Id = pending?.Id ?? Guid.CreateVersion7(now),
            UserId = userId,
            KeyDigest = digest,
            StampDigest = ticketUser.StampDigestOf(principal),
            Scheme = scheme,
            Origin = origin,
            SignInMethod = pending?.Method ?? SignInMethod.Unknown,
            Provider = pending?.Provider,
            SecondFactor = pending?.SecondFactor,
            IsPersistent = properties.IsPersistent,
            IsAdopted = true,
            CreatedAt = issued ?? now,
            LastSeenAt = now,
            ExpiresAt = lifetime.LatestEnd(scheme, properties, now),
        };
        return new SessionAdoption { Session = session, IssuedAt = issued, SignedIn = pending is null ? null : SignedIn(session) };
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
        SignInMethod = session.SignInMethod,
        Provider = session.Provider,
        SecondFactor = session.SecondFactor,
        WriteKey = $"begin:{session.Id:N}",
        OccurredAt = session.CreatedAt,
    };

    private static SessionKey? Derived(string? cookie) => string.IsNullOrEmpty(cookie) ? null : SessionKey.Derive(cookie);

    private static IUserSessionStore Store(IServiceProvider services) => services.GetRequiredService<IUserSessionStore>();
}
