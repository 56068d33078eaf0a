using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity.Events;
using Sessions.Identity.Locations;
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;
using Sessions.Identity.Validation;

namespace Sessions.Identity.Access;

/// <summary>Writes a confirmation to the row of the session that it was made on: worthless with any other, and over with it.</summary>
internal sealed class AccessRecorder(
    RequestDescriber describer, DeviceCookie deviceCookie, LocationFiller filler, TrackingBoundary boundary, HookQueue hooks, TimeProvider time)
{
    /// <summary>Writes it.</summary>
    /// <returns>Whether it holds. What was not written does not.</returns>
    public async Task<bool> ConfirmedAsync(HttpContext context, SignInFacts how)
    {
        var request = SessionRequest.Of(context);
        if (request.Ticket is not { Outcome: SessionOutcome.Live, Session: { } session } ticket)
        {
            return false;
        }

        var confirmed = await DescribeAsync(context, session, how);
        var services = context.RequestServices;
        var isWritten = false;
        await boundary.AskStoreAsync(request.Budget, TrackingStep.ConfirmAccess, async token =>
        {
            var store = services.GetRequiredService<IUserSessionStore>();
            if (await store.ConfirmAccessAsync(confirmed, token))
            {
                isWritten = true;
                hooks.Publish(confirmed);
                filler.Follow(store, confirmed.Origin, sessionId: null, confirmed);
            }
        });
        if (isWritten)
        {
            ticket.Update(session with { AccessConfirmedAt = confirmed.OccurredAt });
        }

        return isWritten;
    }

    private async Task<SessionEventDescriptor> DescribeAsync(HttpContext context, SessionRecord session, SignInFacts how)
    {
        var deviceId = deviceCookie.Read(context);
        var now = time.GetUtcNow();
        return new SessionEventDescriptor
        {
            Id = Guid.CreateVersion7(now),
            Kind = SessionEventKind.AccessConfirmed,
            UserId = session.UserId,
            SessionId = session.Id,
            Scheme = session.Scheme,
            Origin = await describer.DescribeAsync(context, deviceId),
            SignIn = how,
            OccurredAt = now,
        };
    }
}
