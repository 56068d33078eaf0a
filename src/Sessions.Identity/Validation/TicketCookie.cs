using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Sessions.Identity.SignIn;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Validation;

/// <summary>Has the last word on the ticket's cookie when the response starts: clears a refused one, and writes one that got its key.</summary>
internal sealed class TicketCookie(
    IOptionsMonitor<CookieAuthenticationOptions> cookies, IOptions<UserSessionOptions> sessionOptions, SignedOutNotice notice, TrackingBoundary boundary)
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
            await boundary.RunHereAsync(TrackingStep.WriteCookie, () => WriteAsync(context, request, scheme, ticket));
        }
        else if (EndOf(ticket) is { } end)
        {
            await boundary.RunHereAsync(TrackingStep.WriteCookie, () => ShortenAsync(context, request, scheme, end));
        }
    }

    private DateTimeOffset? EndOf(CheckedTicket ticket) => ticket.Session is { } session ? sessionOptions.Value.AbsoluteEnd(session.CreatedAt) : null;

    private void Clear(HttpContext context, string scheme, CheckedTicket ticket)
    {
        var options = cookies.Get(scheme);
        options.CookieManager.DeleteCookie(context, options.Cookie.Name!, options.Cookie.Build(context));
        notice.Write(context, ticket.EndReason);
    }

    // The very ticket that came, with the key in it: neither issued anew nor longer valid, and without what claims transformations and
    // events made of it for this request. Where the handler renews it in this very response, from a copy that it took before the check,
    // it is the renewed one, or there would be two tickets of one sign-in, and only one of them would end.
    private async Task WriteAsync(HttpContext context, SessionRequest request, string scheme, CheckedTicket known)
    {
        var options = cookies.Get(scheme);
        var renewed = ResponseCookie.Find(context, options.Cookie.Name!);
        if ((renewed is null && !known.IsNewlyKeyed)
            || options.TicketDataFormat.Unprotect(renewed ?? options.CookieManager.GetRequestCookie(context, options.Cookie.Name!)) is not { } ticket)
        {
            return;
        }

        if (options.SessionStore is { } tickets)
        {
            await boundary.RunAsync(request.Budget, TrackingStep.WriteCookie, _ => WriteAsync(tickets, ticket, known.Properties));
            return;
        }

        ticket.Properties.CopySessionFrom(known.Properties);
        Shorten(ticket.Properties, EndOf(known));
        Replace(context, options, options.TicketDataFormat.Protect(ticket), ticket.Properties);
    }

    // A ticket that the handler renewed in this response slides no further than to the end of its session.
    private async Task ShortenAsync(HttpContext context, SessionRequest request, string scheme, DateTimeOffset end)
    {
        var options = cookies.Get(scheme);
        if (ResponseCookie.Find(context, options.Cookie.Name!) is not { } renewed || options.TicketDataFormat.Unprotect(renewed) is not { } ticket)
        {
            return;
        }

        if (options.SessionStore is { } tickets)
        {
            AuthenticationProperties? stored = null;
            await boundary.RunAsync(request.Budget, TrackingStep.WriteCookie, async _ => stored = await ShortenAsync(tickets, ticket, end));
            if (stored is not null)
            {
                Replace(context, options, renewed, stored);
            }
        }
        else if (Shorten(ticket.Properties, end))
        {
            Replace(context, options, options.TicketDataFormat.Protect(ticket), ticket.Properties);
        }
    }

    private static bool Shorten(AuthenticationProperties properties, DateTimeOffset? end)
    {
        var isLonger = properties.ExpiresUtc > end;
        properties.ExpiresUtc = isLonger ? end : properties.ExpiresUtc;
        return isLonger;
    }

    private static void Replace(HttpContext context, CookieAuthenticationOptions options, string value, AuthenticationProperties properties)
    {
        var cookieOptions = options.Cookie.Build(context);
        cookieOptions.Expires = properties.IsPersistent ? properties.ExpiresUtc : null;
        ResponseCookie.Remove(context, options.Cookie.Name!);
        options.CookieManager.AppendResponseCookie(context, options.Cookie.Name!, value, cookieOptions);
    }

    // Where the host keeps its tickets on the server, the cookie holds only where.
    private static async Task WriteAsync(ITicketStore tickets, AuthenticationTicket pointer, AuthenticationProperties known)
    {
        if (pointer.Principal.FindFirst(StoredTicketClaim)?.Value is { } stored && await tickets.RetrieveAsync(stored) is { } ticket)
        {
            ticket.Properties.CopySessionFrom(known);
            await tickets.RenewAsync(stored, ticket);
        }
    }

    private static async Task<AuthenticationProperties?> ShortenAsync(ITicketStore tickets, AuthenticationTicket pointer, DateTimeOffset end)
    {
        if (pointer.Principal.FindFirst(StoredTicketClaim)?.Value is not { } stored
            || await tickets.RetrieveAsync(stored) is not { } ticket || !Shorten(ticket.Properties, end))
        {
            return null;
        }

        await tickets.RenewAsync(stored, ticket);
        return ticket.Properties;
    }
}
