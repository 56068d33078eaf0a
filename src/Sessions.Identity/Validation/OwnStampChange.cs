using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Validation;

/// <summary>Keeps the device that changed the stamp signed in, where Identity would reject it for the stamp that its ticket still has.</summary>
internal sealed class OwnStampChange(
    TicketUser ticketUser,
    SupersededGrace grace,
    IPrincipalRefresher refresher,
    IOptions<SecurityStampValidatorOptions> stamps,
    TrackingBoundary boundary,
    TimeProvider time)
{
    /// <summary>Whether the ticket has an older stamp than its session, which is valid for the user's stamp as it is now.</summary>
    public bool IsBehind(CheckedTicket ticket, ClaimsPrincipal principal) =>
        ticket is { Sender: { StampDigest: { } digest, SecurityStamp: not null } session }
        && !AccountCheck.HasChangedStamp(session)
        && ticketUser.StampDigestOf(principal) is { } known && known != digest;

    /// <summary>Whether the session has changed the stamp since this request looked: Identity, which looked after it, is about to sign it out.</summary>
    public async Task<bool> HappenedMeanwhileAsync(HttpContext context, SessionRequest request)
    {
        if (request.Ticket is not { Sender: not null } ticket || request.Principal is not { } principal || ticket.Properties.GetSessionKey() is not { } key)
        {
            return false;
        }

        SessionRecord? now = null;
        var services = context.RequestServices;
        await boundary.AskStoreAsync(request.Budget, TrackingStep.CheckSession, async token =>
            now = await services.GetRequiredService<IUserSessionStore>().FindAsync(key.Digest(), token));
        if (now is { EndReason: SessionEndReason.Superseded } && grace.Covers(now))
        {
            ticket.Supersede((await grace.FindAsync(context, now)).Passing);
        }
        else if (now is { EndedAt: null })
        {
            ticket.Update(await FollowAsync(context, request, now));
        }
        else
        {
            return false;
        }

        return request.HasMovedStamp = IsBehind(ticket, principal);
    }

    // Where a changed stamp ends no session of ours, Identity's check is the first that sees it.
    private async Task<SessionRecord> FollowAsync(HttpContext context, SessionRequest request, SessionRecord session)
    {
        var hasMoved = false;
        var services = context.RequestServices;
        if (AccountCheck.HasChangedStamp(session))
        {
            await boundary.AskStoreAsync(request.Budget, TrackingStep.CheckSession, async token =>
                hasMoved = await services.GetRequiredService<IUserSessionStore>().FollowSupersededAsync(session, token));
        }

        return hasMoved ? session with { StampDigest = SecretDigest.Of(session.SecurityStamp!) } : session;
    }

    /// <summary>Gives the ticket the user's principal, as Identity's own validator does after a change of the stamp.</summary>
    public Task RefreshAsync(CookieValidatePrincipalContext context, CheckedTicket ticket, ClaimsPrincipal before) =>
        boundary.RunHereAsync(TrackingStep.RefreshPrincipal, async () =>
        {
            if (await refresher.CreateAsync(context.HttpContext.RequestServices, ticket.Sender!.UserId) is not { } principal)
            {
                return;
            }

            var refreshing = new SecurityStampRefreshingPrincipalContext { CurrentPrincipal = before, NewPrincipal = principal };
            if (stamps.Value.OnRefreshingPrincipal is { } onRefreshing)
            {
                await onRefreshing(refreshing);
            }

            // What validates after us goes by it too: a rejection of the host's own is not to be taken for Identity's, of the older principal.
            SessionRequest.Of(context.HttpContext).Principal = refreshing.NewPrincipal;
            context.ReplacePrincipal(refreshing.NewPrincipal!);
            context.ShouldRenew = true;
            if (!context.Options.SlidingExpiration)
            {
                // The renewed ticket ends when the old one would have.
                context.Properties.IssuedUtc = time.GetUtcNow();
            }
        });
}
