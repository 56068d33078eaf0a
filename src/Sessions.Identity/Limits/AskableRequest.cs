using Microsoft.AspNetCore.Http;
using Sessions.Identity.SignIn;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Limits;

/// <summary>Whether the person behind a request can be shown a page before the sign-in goes on.</summary>
internal static class AskableRequest
{
    /// <summary>Whether a page's form signs in, or an external provider's answer does: a browser that goes where the response leads.</summary>
    public static bool Is(HttpContext context, SessionRequest request) =>
        request is { IsSkipped: false, Attempt: { IsRefresh: false, AddedClaims: not null } attempt }
        && attempt.Detail != SignInDetail.Registration
        && !context.Response.HasStarted
        && (IsForm(context.Request) || (HttpMethods.IsGet(context.Request.Method) && attempt is { Method: SignInMethod.External, IsSecondStep: false }))
        && ShowsPages(context.Request.Headers);

    /// <summary>Finds where the response leads.</summary>
    /// <returns>A path of this app, or <see langword="null"/> if it is no redirect, or leads elsewhere.</returns>
    public static string? RedirectOf(HttpContext context)
    {
        if (context.Response.StatusCode is not (StatusCodes.Status301MovedPermanently or StatusCodes.Status302Found or StatusCodes.Status303SeeOther
                or StatusCodes.Status307TemporaryRedirect or StatusCodes.Status308PermanentRedirect)
            || context.Response.Headers.Location.ToString() is not { Length: > 0 } location)
        {
            return null;
        }

        var request = context.Request;
        var here = new Uri($"{request.Scheme}://{request.Host.ToUriComponent()}{request.PathBase.ToUriComponent()}{request.Path.ToUriComponent()}");
        return Uri.TryCreate(here, location, out var target) && target.Scheme == here.Scheme && target.Authority == here.Authority && IsPath(target.PathAndQuery)
            ? target.PathAndQuery + target.Fragment
            : null;
    }

    private static bool IsForm(HttpRequest request) => HttpMethods.IsPost(request.Method) && request.HasFormContentType;

    // A script's fetch says so, in every browser of today; older scripts ask for something else than pages.
    private static bool ShowsPages(IHeaderDictionary headers) =>
        headers.Accept.Any(accept => accept?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true)
        && headers["Sec-Fetch-Mode"].ToString() is "" or "navigate"
        && headers.XRequestedWith.Count == 0;

    // Two slashes, of either kind, are another site to a browser.
    private static bool IsPath(string path) => path.StartsWith('/') && !(path.Length > 1 && path[1] is '/' or '\\');
}
