using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sessions.Identity.Diagnostics;
using Sessions.Identity.Events;
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;
using Sessions.Identity.Validation;

namespace Sessions.Identity.Revocation;

/// <summary>Ends the session of a device that signs out. The cookie is gone already; an end that can't be written now is tried again.</summary>
internal sealed class SignOutRecorder(
    TrackingBoundary boundary, SignOutQueue queue, HookQueue hooks, TimeProvider time, ILogger<SignOutRecorder> logger)
{
    public async Task SignedOutAsync(HttpContext context)
    {
        var request = SessionRequest.Of(context);
        if (request.Ticket is not { } ticket || ticket.IsRefused || ticket.Properties.GetSessionKey() is not { } key)
        {
            return;
        }

        // A sign-out from within the ticket's own check is Identity's: its stamp no longer holds.
        var reason = request.IsAuthenticating ? SessionEndReason.SecurityStampChanged : SessionEndReason.SignedOut;
        var signOut = new DeferredSignOut(key.Digest(), new SessionEnd { Reason = reason, At = time.GetUtcNow() });
        request.Ticket = null;

        SessionEventInfo? ended = null;
        var services = context.RequestServices;
        var written = await boundary.AskStoreAsync(
            request.Budget,
            TrackingStep.EndSession,
            async token => ended = await services.GetRequiredService<IUserSessionStore>().EndByKeyAsync(signOut.KeyDigest, signOut.End, token));
        if (!written)
        {
            logger.SignOutDeferred();
            queue.Add(signOut);
            return;
        }

        if (ended is not null)
        {
            hooks.Publish(ended);
        }
    }
}
