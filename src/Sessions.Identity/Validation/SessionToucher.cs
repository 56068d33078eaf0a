using System.Collections.Concurrent;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sessions.Identity.Locations;
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Validation;

/// <summary>Writes a session's last activity, at most once per interval, without holding up its request.</summary>
internal sealed class SessionToucher(
    TicketLifetime lifetime, ClientAddressReader addresses, TrackingBoundary boundary, IOptions<UserSessionOptions> options, TimeProvider time)
{
    // A bound on touches under way: in an outage more of them are simply not made.
    private const int MostUnderWay = 64;

    // A ticket that slides ends a little later with every request. A row may end this much after its ticket, never before it: a burst of
    // requests moves it once.
    private static readonly TimeSpan _slack = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, byte> _underWay = new();

    public void Touch(HttpContext context, SessionRecord session, AuthenticationProperties properties)
    {
        var now = time.GetUtcNow();
        var expires = lifetime.LatestEnd(session.Scheme, properties, now);
        if (!IsDue(session, expires, now) || _underWay.Count >= MostUnderWay || !_underWay.TryAdd(session.Id, 0))
        {
            return;
        }

        // Off the request's path, but prepared with the request's services while they are there: a host may have a connection per tenant.
        Func<CancellationToken, Task>? write = null;
        boundary.Run(TrackingStep.TouchSession, () =>
            write = context.RequestServices.GetRequiredService<IUserSessionStore>().PrepareTouch(Describe(context, session, expires, now)));
        _ = TouchAsync(session.Id, write);
    }

    private SessionTouch Describe(HttpContext context, SessionRecord session, DateTimeOffset? expires, DateTimeOffset now) => new()
    {
        SessionId = session.Id,
        At = now,
        DueBefore = options.Value.LastSeenInterval is { } interval ? now - interval : DateTimeOffset.MinValue,
        IpAddress = addresses.Of(context)?.ToString(),
        ExpiresAt = expires,

        // A host may write tickets that never end.
        KeptUntil = expires > DateTimeOffset.MaxValue - _slack ? expires : expires + _slack,
    };

    private async Task TouchAsync(Guid sessionId, Func<CancellationToken, Task>? write)
    {
        try
        {
            if (write is not null)
            {
                await boundary.AskStoreAsync(new TrackingBudget(options.Value.TrackingTimeout), TrackingStep.TouchSession, write);
            }
        }
        finally
        {
            _underWay.TryRemove(sessionId, out _);
        }
    }

    private bool IsDue(SessionRecord session, DateTimeOffset? expires, DateTimeOffset now) =>
        (options.Value.LastSeenInterval is { } interval && now - session.LastSeenAt >= interval) || expires > session.ExpiresAt;
}
