using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity.Events;
using Sessions.Identity.Locations;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;
using Sessions.Identity.Validation;

namespace Sessions.Identity.SignIn;

/// <summary>Stamps a second factor on a live session.</summary>
internal sealed class StepUpRecorder(
    RequestDescriber describer, DeviceCookie deviceCookie, LocationFiller filler, TrackingBoundary boundary, HookQueue hooks, TimeProvider time)
{
    public async Task<bool> SteppedUpAsync(HttpContext context, string secondFactor)
    {
        var request = SessionRequest.Of(context);
        if (request.LiveSession is not { } session)
        {
            return false;
        }

        var deviceId = deviceCookie.Read(context);
        var now = time.GetUtcNow();
        var stepUp = new SessionEventDescriptor
        {
            Id = Guid.CreateVersion7(now),
            Kind = SessionEventKind.StepUp,
            UserId = session.UserId,
            SessionId = session.Id,
            Scheme = session.Scheme,
            Origin = await describer.DescribeAsync(context, deviceId),
            SignIn = new SignInFacts { SecondFactor = secondFactor.Trim() },
            OccurredAt = now,
        };

        var services = context.RequestServices;
        SessionEventDescriptor? written = null;
        await boundary.AskStoreAsync(request.Budget, TrackingStep.StepUp, async token =>
        {
            var store = services.GetRequiredService<IUserSessionStore>();
            written = await store.StepUpAsync(stepUp, token);
            if (written is not null)
            {
                hooks.Publish(written);
                filler.Follow(store, written.Origin, sessionId: null, written);
            }
        });
        return written is not null;
    }
}
