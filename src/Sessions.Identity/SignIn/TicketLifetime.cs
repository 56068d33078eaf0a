using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;
using Sessions.Identity.Validation;

namespace Sessions.Identity.SignIn;

/// <summary>When a ticket ends, as the cookie handler will have it.</summary>
internal sealed class TicketLifetime(IOptionsMonitor<CookieAuthenticationOptions> cookies, IOptions<UserSessionOptions> options)
{
    // No browser keeps a cookie longer (RFC 6265bis, section 5.5).
    private static readonly TimeSpan _longestOfCookies = TimeSpan.FromDays(400);

    /// <summary>How long a ticket that nobody has seen yet may be valid after it was issued.</summary>
    public TimeSpan LongestOfAnyKeyless =>
        cookies.Get(TrackedSchemes.Application).ExpireTimeSpan is { } span && span > _longestOfCookies ? span : _longestOfCookies;

    /// <summary>How much later than its row says a ticket may end: its last renewal may have come while the row could not be written.</summary>
    public TimeSpan UnseenRenewal =>
        cookies.Get(TrackedSchemes.Application) is { SlidingExpiration: true, ExpireTimeSpan: var span } ? span : TimeSpan.Zero;

    /// <summary>The end of a ticket that is about to be written.</summary>
    public DateTimeOffset EndOfNew(string scheme, AuthenticationProperties properties, DateTimeOffset now) =>
        properties.ExpiresUtc ?? (properties.IssuedUtc ?? now) + cookies.Get(scheme).ExpireTimeSpan;

    /// <summary>Lets a ticket that is about to be written end with the absolute lifetime of its session, if not before.</summary>
    public void Cap(string scheme, AuthenticationProperties properties, DateTimeOffset createdAt, DateTimeOffset now)
    {
        if (options.Value.AbsoluteEnd(createdAt) is { } end && EndOfNew(scheme, properties, now) > end)
        {
            properties.ExpiresUtc = end;
        }
    }

    /// <summary>The latest end that a ticket can have once its request is over: the handler may be about to renew it.</summary>
    public DateTimeOffset? LatestEnd(string scheme, AuthenticationProperties properties, DateTimeOffset createdAt, DateTimeOffset now)
    {
        var end = LatestEnd(scheme, properties, now);
        return options.Value.AbsoluteEnd(createdAt) is { } absolute && !(end <= absolute) ? absolute : end;
    }

    private DateTimeOffset? LatestEnd(string scheme, AuthenticationProperties properties, DateTimeOffset now)
    {
        if (properties.ExpiresUtc is not { } expires || properties.IssuedUtc is not { } issued)
        {
            return properties.ExpiresUtc;
        }

        var renews = cookies.Get(scheme).SlidingExpiration && (properties.AllowRefresh ?? true) && expires - now < now - issued;
        return renews ? now + (expires - issued) : expires;
    }
}
