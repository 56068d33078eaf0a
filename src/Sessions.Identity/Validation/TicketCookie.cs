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
        else if (ticket.IsNewlyKeyed && ticket.Properties.GetSessionKey() is { } key)
        {
            await boundary.RunHereAsync(TrackingStep.WriteCookie, () => WriteAsync(context, scheme, key));
        }
    }

    private void Clear(HttpContext context, string scheme, CheckedTicket ticket)
    {
        var options = cookies.Get(scheme);
        options.CookieManager.DeleteCookie(context, options.Cookie.Name!, options.Cookie.Build(context));
        notice.Write(context, ticket.EndReason);
    }

    // The very ticket that came, with the key in it: neither issued anew nor longer valid, and without what claims transformations
    // and events made of it for this request.
    private async Task WriteAsync(HttpContext context, string scheme, SessionKey key)
    {
        var options = cookies.Get(scheme);
        var cookie = options.CookieManager.GetRequestCookie(context, options.Cookie.Name!);
        if (options.TicketDataFormat.Unprotect(cookie) is not { } ticket)
        {
            return;
        }

        if (options.SessionStore is { } tickets)
        {
            await WriteAsync(tickets, ticket, key);
            return;
        }

        ticket.Properties.SetSessionKey(key);
        var cookieOptions = options.Cookie.Build(context);
        cookieOptions.Expires = ticket.Properties.IsPersistent ? ticket.Properties.ExpiresUtc : null;
        options.CookieManager.AppendResponseCookie(context, options.Cookie.Name!, options.TicketDataFormat.Protect(ticket), cookieOptions);
    }

    // Where the host keeps its tickets on the server, the cookie holds only where.
    private static async Task WriteAsync(ITicketStore tickets, AuthenticationTicket pointer, SessionKey key)
    {
        if (pointer.Principal.FindFirst(StoredTicketClaim)?.Value is { } stored && await tickets.RetrieveAsync(stored) is { } ticket)
        {
            ticket.Properties.SetSessionKey(key);
            await tickets.RenewAsync(stored, ticket);
        }
    }
}
