using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;
using Sessions.Identity.Validation;

namespace Sessions.Identity.SignIn;

/// <summary>Describes a sign-in: whose, how, from what device, from where.</summary>
internal sealed class SignInDescriber(
    TicketUser ticketUser,
    TicketLifetime lifetime,
    DeviceCookie deviceCookie,
    RequestDescriber describer,
    RememberedMachines machines,
    SignInFactsResolver resolver,
    TrackingBoundary boundary,
    TimeProvider time)
{
    /// <summary>Describes a sign-in that begins a session.</summary>
    public async Task<SessionBeginning> DescribeAsync(
        HttpContext context, string scheme, string userId, ClaimsPrincipal principal, AuthenticationProperties properties, SessionKey key)
    {
        var request = SessionRequest.Of(context);
        var now = time.GetUtcNow();
        var id = request.Choice?.Pending.Id ?? Guid.CreateVersion7(now);
        var (deviceId, isReturning) = TakeDeviceId(context);
        lifetime.Cap(scheme, properties, now, now);
        var session = new UserSessionDescriptor
        {
            Id = id,
            UserId = userId,
            KeyDigest = key.Digest(),
            StampDigest = ticketUser.StampDigestOf(principal),
            Scheme = scheme,
            Origin = await describer.DescribeAsync(context, deviceId),
            SignIn = FactsOf(request, scheme),
            TwoFactorRememberDigest = await machines.DigestAsync(context, userId),
            IsPersistent = properties.IsPersistent,
            CreatedAt = now,
            LastSeenAt = now,
            ExpiresAt = lifetime.EndOfNew(scheme, properties, now),
        };
        return new SessionBeginning
        {
            Session = session,
            SignedIn = Event(userId, scheme, session.SignIn, session.Origin, now) with
            {
                SessionId = id,
                AccountName = request.Attempt?.AccountName,
                WriteKey = $"begin:{id:N}",
            },
            IsReturningBrowser = isReturning,
            Chosen = request.Choice?.Sessions ?? [],
            Replaced = request.LiveSession,
        };
    }

    /// <summary>Describes a sign-in that has no session: nothing that its requests carry is checked here.</summary>
    public async Task<SessionEventDescriptor> DescribeWithoutSessionAsync(HttpContext context, string scheme, string userId)
    {
        var now = time.GetUtcNow();
        var request = SessionRequest.Of(context);
        var origin = await describer.DescribeAsync(context, deviceId: null);
        return Event(userId, scheme, FactsOf(request, scheme), origin, now) with { AccountName = request.Attempt?.AccountName };
    }

    private SignInFacts FactsOf(SessionRequest request, string scheme)
    {
        var facts = SignInFacts.Unknown;
        boundary.Run(TrackingStep.DescribeRequest, () => facts = resolver.Resolve(request, scheme, request.Attempt ?? new SignInAttempt()));
        return facts;
    }

    private (string? DeviceId, bool IsReturning) TakeDeviceId(HttpContext context)
    {
        var early = SessionRequest.Of(context).Attempt?.Early;
        var sent = early is null ? deviceCookie.Read(context) : early.Question.DeviceId;
        string? deviceId = null;
        boundary.Run(TrackingStep.WriteCookie, () =>
        {
            var id = sent ?? DeviceCookie.NewId();
            deviceCookie.Write(context, id);
            deviceId = id;
        });
        return (deviceId ?? sent, sent is not null);
    }

    private static SessionEventDescriptor Event(string userId, string scheme, SignInFacts facts, SessionOrigin origin, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(at),
        Kind = SessionEventKind.SignedIn,
        UserId = userId,
        Scheme = scheme,
        Origin = origin,
        SignIn = facts,
        OccurredAt = at,
    };
}
