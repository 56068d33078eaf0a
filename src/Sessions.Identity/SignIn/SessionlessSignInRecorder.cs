using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity.Events;
using Sessions.Identity.Locations;
using Sessions.Identity.Locations.Travel;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.SignIn;

/// <summary>Writes the event of a sign-in that has no row: nothing checks its requests, and no page may offer a sign-out that does nothing.</summary>
internal sealed class SessionlessSignInRecorder(
    SignInDescriber describer, KnownDevices knownDevices, TravelRecorder travel, LocationFiller filler, TrackingBoundary boundary, HookQueue hooks, SessionsState state)
{
    /// <summary>Writes the event, unless this request's sign-in of that user is in the trail already.</summary>
    /// <returns>Whether it is in the trail.</returns>
    public async Task<bool> SignedInAsync(HttpContext context, string scheme, string userId)
    {
        var request = SessionRequest.Of(context);
        if (request.SignedInUserId == userId)
        {
            return true;
        }

        if (request.IsSkipped || !state.IsEnabled)
        {
            return false;
        }

        var services = context.RequestServices;
        var signedIn = await describer.DescribeWithoutSessionAsync(context, scheme, userId);
        signedIn = await knownDevices.CompareAsync(services, request.Budget, signedIn);
        signedIn = await travel.AddAsync(services, request.Budget, signedIn);
        var written = await boundary.AskStoreAsync(request.Budget, TrackingStep.RecordSignIn, async token =>
        {
            var store = services.GetRequiredService<IUserSessionStore>();
            await store.RecordAsync(signedIn, token);
            hooks.Publish(signedIn);
            filler.Follow(store, signedIn.Origin, sessionId: null, signedIn);
        });
        request.SignedInUserId = written ? userId : null;
        return written;
    }
}
