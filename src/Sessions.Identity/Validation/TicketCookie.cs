using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Validation;

/// <summary>Has the last word on the ticket's cookie when the response starts: clears a refused one, and writes one that got its key.</summary>
internal sealed class TicketCookie(
    IOptionsMonitor<CookieAuthenticationOptions> cookies,
    IOptions<UserSessionOptions> sessionOptions,
    SignedOutNotice notice,
    TrackingBoundary boundary)
{
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

        if (ticket.IsOverwritten || (Writes(context, scheme, ticket) && await WasSupersededAsync(context, request, ticket)))
        {
            // Neither cleared nor renewed: this response may come after the one that brought the newer cookie.
            boundary.Run(TrackingStep.WriteCookie, () => ResponseCookie.Remove(context, cookies.Get(scheme).Cookie.Name!));
        }
        else if (ticket.KeepsCookie)
        {
            boundary.Run(TrackingStep.WriteCookie, () => notice.Write(context, ticket.EndReason));
        }
        else if (ticket.IsRefused)
        {
            boundary.Run(TrackingStep.WriteCookie, () => Clear(context, scheme, ticket));
            await boundary.RunHereAsync(TrackingStep.WriteCookie, () => RemoveStoredAsync(context, request, scheme, ticket));
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

    private bool Writes(HttpContext context, string scheme, CheckedTicket ticket)
    {
        var writes = ticket.IsNewlyKeyed;
        if (!writes && ticket.Outcome == SessionOutcome.Live && context.Response.Headers.SetCookie.Count > 0)
        {
            boundary.Run(TrackingStep.WriteCookie, () => writes = ResponseCookie.Find(context, cookies.Get(scheme).Cookie.Name!) is not null);
        }

        return writes;
    }

    // Since the check: its browser has signed in again. Asked only where the ticket is renewed, which Identity does each time it has checked the stamp.
    private async Task<bool> WasSupersededAsync(HttpContext context, SessionRequest request, CheckedTicket ticket)
    {
        SessionRecord? now = null;
        var services = context.RequestServices;
        if (ticket.Properties.GetSessionKey() is { } key)
        {
            await boundary.AskStoreAsync(
                request.Budget,
                TrackingStep.CheckSession,
                async token => now = await services.GetRequiredService<IUserSessionStore>().FindAsync(key.Digest(), token));
        }

        return now is { EndReason: SessionEndReason.Superseded };
    }

    private DateTimeOffset? EndOf(CheckedTicket ticket) => ticket.Session is { } session ? sessionOptions.Value.AbsoluteEnd(session.CreatedAt) : null;

    private void Clear(HttpContext context, string scheme, CheckedTicket ticket)
    {
        var options = cookies.Get(scheme);
        options.CookieManager.DeleteCookie(context, options.Cookie.Name!, options.Cookie.Build(context));
        notice.Write(context, ticket.EndReason);
    }

    // A ticket that the host keeps on the server would outlive its cookie: the handler may just have renewed it there, and a copy of any
    // cookie that it ever had leads to it.
    private async Task RemoveStoredAsync(HttpContext context, SessionRequest request, string scheme, CheckedTicket refused)
    {
        var options = cookies.Get(scheme);
        if (options.SessionStore is { } tickets
            && options.TicketDataFormat.Unprotect(options.CookieManager.GetRequestCookie(context, options.Cookie.Name!)) is { } pointer)
        {
            await boundary.RunAsync(request.Budget, TrackingStep.WriteCookie, _ => tickets.RemoveAsync(pointer, refused.Properties));
        }
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
            await boundary.RunAsync(request.Budget, TrackingStep.WriteCookie, _ => tickets.CopySessionAsync(ticket, known.Properties));
            return;
        }

        ticket.Properties.CopySessionFrom(known.Properties);
        ticket.Properties.Shorten(EndOf(known));
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
            await boundary.RunAsync(request.Budget, TrackingStep.WriteCookie, async _ => stored = await tickets.ShortenAsync(ticket, end));
            if (stored is not null)
            {
                Replace(context, options, renewed, stored);
            }
        }
        else if (ticket.Properties.Shorten(end))
        {
            Replace(context, options, options.TicketDataFormat.Protect(ticket), ticket.Properties);
        }
    }

    private static void Replace(HttpContext context, CookieAuthenticationOptions options, string value, AuthenticationProperties properties)
    {
        var cookieOptions = options.Cookie.Build(context);
        cookieOptions.Expires = properties.IsPersistent ? properties.ExpiresUtc : null;
        ResponseCookie.Remove(context, options.Cookie.Name!);
        options.CookieManager.AppendResponseCookie(context, options.Cookie.Name!, value, cookieOptions);
    }
}
