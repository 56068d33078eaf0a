using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Validation;

/// <summary>Has the last word on the ticket's cookie when the response starts: clears a refused one, and writes one that got its key.</summary>
internal sealed class TicketCookie(IOptionsMonitor<CookieAuthenticationOptions> cookies, SignedOutNotice notice, TrackingBoundary boundary)
{
    private const string StoredTicketClaim = "Microsoft.AspNetCore.Authentication.Cookies-SessionId";

    /// <summary>Hooks up the end of the request. Called before the cookie handler hooks up its own, so that ours runs after it.</summary>
    public void Watch(HttpContext context, SessionRequest request, string scheme)
    {
        if (request.IsWatched || string.IsNullOrEmpty(context.Request.Headers.Cookie))
        {
            return;
        }

        request.IsWatched = true;
        context.Response.OnStarting(() => FinishAsync(context, request, scheme));
    }

    private async Task FinishAsync(HttpContext context, SessionRequest request, string scheme)
    {
        if (request.CookieIsSettled || request.Ticket is not { } ticket)
        {
            return;
        }

        if (ticket.IsRefused)
        {
            boundary.Run(TrackingStep.WriteCookie, () => Clear(context, scheme, ticket));
        }
        else if (ticket.IsNewlyKeyed && request.Principal is { } principal)
        {
            await boundary.RunAsync(request.Budget, TrackingStep.WriteCookie, _ => WriteAsync(context, scheme, principal, ticket.Properties));
        }
    }

    private void Clear(HttpContext context, string scheme, CheckedTicket ticket)
    {
        var options = cookies.Get(scheme);
        options.CookieManager.DeleteCookie(context, options.Cookie.Name!, options.Cookie.Build(context));
        notice.Write(context, ticket.EndReason);
    }

    // The same ticket with the key in it: neither issued anew nor longer valid than before.
    private async Task WriteAsync(HttpContext context, string scheme, ClaimsPrincipal principal, AuthenticationProperties properties)
    {
        var options = cookies.Get(scheme);
        var ticket = new AuthenticationTicket(principal, properties, scheme);
        if (options.SessionStore is { } tickets)
        {
            if (StoredTicketKey(context, options) is { } stored)
            {
                await tickets.RenewAsync(stored, ticket);
            }

            return;
        }

        var cookieOptions = options.Cookie.Build(context);
        cookieOptions.Expires = properties.IsPersistent ? properties.ExpiresUtc : null;
        options.CookieManager.AppendResponseCookie(context, options.Cookie.Name!, options.TicketDataFormat.Protect(ticket), cookieOptions);
    }

    private static string? StoredTicketKey(HttpContext context, CookieAuthenticationOptions options)
    {
        var value = options.CookieManager.GetRequestCookie(context, options.Cookie.Name!);
        return options.TicketDataFormat.Unprotect(value)?.Principal.FindFirst(StoredTicketClaim)?.Value;
    }
}
