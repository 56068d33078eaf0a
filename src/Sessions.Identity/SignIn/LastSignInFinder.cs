using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.SignIn;

/// <summary>Finds how a browser last signed in, by its device cookie, once per request.</summary>
internal sealed class LastSignInFinder(DeviceCookie deviceCookie, TrackingBoundary boundary, SessionsState state)
{
    public Task<LastSignIn?> FindAsync(HttpContext context)
    {
        var request = SessionRequest.Of(context);
        return request.LastSignIn ??= AskAsync(context, request);
    }

    private async Task<LastSignIn?> AskAsync(HttpContext context, SessionRequest request)
    {
        var deviceId = deviceCookie.Read(context);
        LastSignIn? last = null;
        if (deviceId is not null && state.IsEnabled)
        {
            var services = context.RequestServices;
            await boundary.AskStoreAsync(request.Budget, TrackingStep.ReadSessions, async token =>
                last = await services.GetRequiredService<IUserSessionStore>().FindLastSignInAsync(deviceId, token));
        }

        return last;
    }
}
