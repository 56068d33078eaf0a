using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace Sessions.Identity.SignIn;

/// <summary>When a ticket ends, as the cookie handler will have it.</summary>
internal sealed class TicketLifetime(IOptionsMonitor<CookieAuthenticationOptions> cookies)
{
    /// <summary>The end of a ticket that is about to be written.</summary>
    public DateTimeOffset EndOfNew(string scheme, AuthenticationProperties properties, DateTimeOffset now) =>
        properties.ExpiresUtc ?? (properties.IssuedUtc ?? now) + cookies.Get(scheme).ExpireTimeSpan;

    /// <summary>The latest end that a ticket can have once its request is over: the handler may be about to renew it.</summary>
    public DateTimeOffset? LatestEnd(string scheme, AuthenticationProperties properties, DateTimeOffset now)
    {
        if (properties.ExpiresUtc is not { } expires || properties.IssuedUtc is not { } issued)
        {
            return properties.ExpiresUtc;
        }

        var renews = cookies.Get(scheme).SlidingExpiration && (properties.AllowRefresh ?? true) && expires - now < now - issued;
        return renews ? now + (expires - issued) : expires;
    }
}
