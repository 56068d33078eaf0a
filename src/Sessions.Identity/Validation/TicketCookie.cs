using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Sessions.Identity.SignIn;
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
        else if (ticket.IsNewlyKeyed || ticket.Properties.GetSeed() is not null)
        {
            await WriteAsync(context, request, scheme, ticket);
        }
    }

    private void Clear(HttpContext context, string scheme, CheckedTicket ticket)
    {
        var options = cookies.Get(scheme);
        options.CookieManager.DeleteCookie(context, options.Cookie.Name!, options.Cookie.Build(context));
        notice.Write(context, ticket.EndReason);
    }

    // The handler renews from a copy of the ticket that it took before the check: what it has written in this very response gets the key
    // too, or there would be two tickets of one sign-in, and only one of them would end.
    private async Task WriteAsync(HttpContext context, SessionRequest request, string scheme, CheckedTicket ticket)
    {
        var options = cookies.Get(scheme);
        var renewed = ResponseCookie.Find(context, options.Cookie.Name!);
        if (renewed is null && !ticket.IsNewlyKeyed)
        {
            return;
        }

        if (options.SessionStore is { } tickets)
        {
            string? stored = null;
            boundary.Run(TrackingStep.WriteCookie, () => stored = StoredTicketKey(context, options));
            await boundary.RunAsync(request.Budget, TrackingStep.WriteCookie, _ => RenewStoredAsync(tickets, stored, ticket.Properties));
            return;
        }

        // On the request's own thread, as the handler does it: nothing that is given up may still hold the response.
        boundary.Run(TrackingStep.WriteCookie, () => Write(context, options, ticket.Properties, renewed));
    }

    // The very ticket that came, or that the handler renewed, with the key in it: no longer valid than it was, and without what claims
    // transformations and events made of it for this request.
    private static void Write(HttpContext context, CookieAuthenticationOptions options, AuthenticationProperties session, string? renewed)
    {
        var cookie = renewed ?? options.CookieManager.GetRequestCookie(context, options.Cookie.Name!);
        if (options.TicketDataFormat.Unprotect(cookie) is not { } ticket)
        {
            return;
        }

        ticket.Properties.CopySessionFrom(session);
        var cookieOptions = options.Cookie.Build(context);
        cookieOptions.Expires = ticket.Properties.IsPersistent ? ticket.Properties.ExpiresUtc : null;
        var value = options.TicketDataFormat.Protect(ticket);
        ResponseCookie.Remove(context, options.Cookie.Name!);
        options.CookieManager.AppendResponseCookie(context, options.Cookie.Name!, value, cookieOptions);
    }

    private static async Task RenewStoredAsync(ITicketStore tickets, string? stored, AuthenticationProperties session)
    {
        if (stored is not null && await tickets.RetrieveAsync(stored) is { } kept)
        {
            kept.Properties.CopySessionFrom(session);
            await tickets.RenewAsync(stored, kept);
        }
    }

    private static string? StoredTicketKey(HttpContext context, CookieAuthenticationOptions options)
    {
        var value = options.CookieManager.GetRequestCookie(context, options.Cookie.Name!);
        return options.TicketDataFormat.Unprotect(value)?.Principal.FindFirst(StoredTicketClaim)?.Value;
    }
}
