using System.Security.Claims;
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
    TrackingBoundary boundary,
    RequestTicket tickets,
    RequestDescriber describer,
    TicketAdopter adopter,
    SignOutQueue queue,
    HookQueue hooks,
    TimeProvider time,
    ILogger<SignOutRecorder> logger)
{
    public async Task SignedOutAsync(HttpContext context, string scheme)
    {
        var request = SessionRequest.Of(context);
        if (request is { Ticket: null, IsAuthenticating: true })
        {
            await EndUncheckedAsync(context, request, scheme);
            return;
        }

        if (request.Ticket is not { IsRefused: false } ticket)
        {
            return;
        }

        // A sign-out from within the ticket's own check is Identity's: its stamp no longer holds.
        var reason = request.IsAuthenticating ? SessionEndReason.SecurityStampChanged : SessionEndReason.SignedOut;
        var end = new SessionEnd { Reason = reason, At = time.GetUtcNow() };
        request.Ticket = null;
        if (ticket.Properties.GetSessionKey() is { } key)
        {
            await EndAsync(context, request, new DeferredSignOut(key.Digest(), end));
        }
        else if (ticket.Outcome == SessionOutcome.Errored && request.Principal is { } principal)
        {
            await EndUnadoptedAsync(context, ticket, principal, end);
        }
    }

    private async Task EndAsync(HttpContext context, SessionRequest request, DeferredSignOut signOut)
    {
        var services = context.RequestServices;
        var info = describer.InfoOf(context);
        var written = await boundary.AskStoreAsync(request.Budget, TrackingStep.EndSession, async token =>
        {
            if (await services.GetRequiredService<IUserSessionStore>().EndByKeyAsync(signOut.KeyDigest, signOut.End, token) is { } ended)
            {
                hooks.Publish(ended, info);
            }
        });
        if (!written)
        {
            Defer(signOut);
        }
    }

    // The app's own validation signs out before ours was asked.
    private async Task EndUncheckedAsync(HttpContext context, SessionRequest request, string scheme)
    {
        SessionKey? key = null;
        boundary.Run(TrackingStep.EndSession, () => key = tickets.Read(context, scheme)?.Properties.GetSessionKey());
        if (key is { } presented)
        {
            await EndAsync(context, request, new DeferredSignOut(presented.Digest(), new SessionEnd { Reason = SessionEndReason.SignedOut, At = time.GetUtcNow() }));
        }
    }

    // Its row could not be written in this request, so its end can't be either.
    private async Task EndUnadoptedAsync(HttpContext context, CheckedTicket ticket, ClaimsPrincipal principal, SessionEnd end)
    {
        if (await adopter.DescribeAsync(context, ticket.Scheme, principal, ticket.Properties) is { } adoption)
        {
            Defer(new DeferredSignOut(adoption.Session.KeyDigest, end, adoption));
        }
    }

    private void Defer(DeferredSignOut signOut)
    {
        logger.SignOutDeferred();
        queue.Add(signOut);
    }
}
