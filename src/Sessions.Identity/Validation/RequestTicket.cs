using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Sessions.Identity.Validation;

/// <summary>Reads the ticket in a request's cookie where the cookie handler tells nothing of it: it has run out, or is being validated just now.</summary>
internal sealed class RequestTicket(IOptionsMonitor<CookieAuthenticationOptions> cookies)
{
    /// <summary>Reads the ticket of a scheme, as it is, whether it is still valid or not.</summary>
    /// <returns>The ticket, or <see langword="null"/> if the request has none.</returns>
    public AuthenticationTicket? Read(HttpContext context, string scheme)
    {
        var options = cookies.Get(scheme);
        return options.CookieManager.GetRequestCookie(context, options.Cookie.Name!) is { Length: > 0 } cookie
            ? options.TicketDataFormat.Unprotect(cookie)
            : null;
    }
}
