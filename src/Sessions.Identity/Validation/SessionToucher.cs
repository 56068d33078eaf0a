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

/// <summary>Writes a session's last activity, at most once per interval. It holds its request up only where idleness ends sessions.</summary>
internal sealed class SessionToucher(
    TicketLifetime lifetime, ClientAddressReader addresses, UnwrittenActivity activity, TrackingBoundary boundary, IOptions<UserSessionOptions> options, TimeProvider time)
{
    // A bound on touches that nobody waits for: in an outage more of them are simply not made.
    private const int MostUnderWay = 64;

    private readonly ConcurrentDictionary<Guid, byte> _underWay = new();

    public Task TouchAsync(HttpContext context, SessionRecord session, AuthenticationProperties properties)
    {
        var isAwaited = options.Value.IdleTimeout is not null;
        var now = time.GetUtcNow();
        var expires = lifetime.LatestEnd(session.Scheme, properties, session.CreatedAt, now);
        if (!IsDue(session, expires, now) || (!isAwaited && _underWay.Count >= MostUnderWay) || !_underWay.TryAdd(session.Id, 0))
        {
            return Task.CompletedTask;
        }

        // Off the request's path, but prepared with the request's services while they are there: a host may have a connection per tenant.
        PreparedWrite? write = null;
        boundary.Run(TrackingStep.TouchSession, () =>
            write = context.RequestServices.GetRequiredService<IUserSessionStore>().PrepareTouch(Describe(context, session, expires, now)));
        var writing = TouchAsync(isAwaited ? SessionRequest.Of(context).Budget : new TrackingBudget(options.Value.TrackingTimeout), session.Id, write, now);
        return isAwaited ? writing : Task.CompletedTask;
    }

    private SessionTouch Describe(HttpContext context, SessionRecord session, DateTimeOffset? expires, DateTimeOffset now) => new()
    {
        SessionId = session.Id,
        At = now,
        DueBefore = options.Value.TouchInterval() is { } interval ? SessionExpiry.Before(now, interval) : null,
        IpAddress = addresses.Of(context)?.ToString(),
        ExpiresAt = expires,

        // A host may write tickets that never end.
        KeptUntil = KeptUntil(session, expires),
    };

    private DateTimeOffset? KeptUntil(SessionRecord session, DateTimeOffset? expires)
    {
        var slack = options.Value.TicketSlack();
        var kept = expires > DateTimeOffset.MaxValue - slack ? expires : expires + slack;
        return options.Value.AbsoluteEnd(session.CreatedAt) is { } end && kept > end ? end : kept;
    }

    private async Task TouchAsync(TrackingBudget budget, Guid sessionId, PreparedWrite? write, DateTimeOffset at)
    {
        try
        {
            await using var prepared = write;
            if (write is not null && await boundary.AskStoreAsync(budget, TrackingStep.TouchSession, write.RunAsync))
            {
                activity.Forget(sessionId);
            }
            else
            {
                activity.Remember(sessionId, at);
            }
        }
        finally
        {
            _underWay.TryRemove(sessionId, out _);
        }
    }

    // A renewal of the ticket goes into the row at once: if none of its requests came after it, the row would end before it.
    private bool IsDue(SessionRecord session, DateTimeOffset? expires, DateTimeOffset now) =>
        (options.Value.TouchInterval() is { } interval && now - session.LastSeenAt >= interval) || expires > session.ExpiresAt;
}
