using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;
using Sessions.Identity.Validation;

namespace Sessions.Identity.Access;

/// <summary>Knows whether a session's person entered their credentials lately, and where they can.</summary>
internal sealed class AccessConfirmation(TicketUser ticketUser, ISessionsPages pages, IOptions<UserSessionOptions> options, TimeProvider time)
{
    /// <summary>Whether they did, on the session of this request. No, where that can't be told.</summary>
    public bool IsConfirmed(HttpContext context, ClaimsPrincipal user, TimeSpan? maxAge = null) =>
        SessionRequest.Of(context).LiveSession is { } session
        && session.UserId == ticketUser.IdOf(user)
        && ConfirmedAt(session) is { } at
        && time.GetUtcNow() - at < (maxAge ?? options.Value.AccessConfirmation.MaxAge);

    /// <summary>Finds where a person can confirm, and comes back to what they asked for.</summary>
    /// <returns>The address; <see langword="null"/> if the app has no such page.</returns>
    public string? AddressFor(HttpContext context, string? returnUrl = null) =>
        PathFor(context) is { } path ? QueryHelpers.AddQueryString(path, "returnUrl", returnUrl ?? ReturnUrl(context.Request)) : null;

    private string? PathFor(HttpContext context) =>
        options.Value.AccessConfirmation.Path is { } own ? context.Request.PathBase + own : pages.ConfirmAccessPath(context);

    // A ticket from before the install tells nothing of credentials.
    private static DateTimeOffset? ConfirmedAt(SessionRecord session) =>
        session.IsAdopted || session.AccessConfirmedAt > session.CreatedAt ? session.AccessConfirmedAt : session.CreatedAt;

    // A form can't be sent again for the person: back to the page that it is on.
    private static string ReturnUrl(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return request.GetEncodedPathAndQuery();
        }

        return Uri.TryCreate(request.Headers.Referer, UriKind.Absolute, out var page)
            && string.Equals(page.Authority, request.Host.ToUriComponent(), StringComparison.OrdinalIgnoreCase)
                ? page.PathAndQuery
                : request.PathBase + "/";
    }
}
