using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Sessions.UI.Forms;

namespace Sessions.UI.Blazor;

/// <summary>What the handlers of all pages need.</summary>
internal static class HandlerContext
{
    /// <summary>A page's address within the app.</summary>
    public static string PathOf(this HttpContext context, string route) => context.Request.PathBase + route;

    /// <summary>The address of a handler of a page's.</summary>
    public static string PathOf(this HttpContext context, string route, string handler) => QueryHelpers.AddQueryString(context.PathOf(route), "handler", handler);

    /// <summary>Lets the page say why a form did nothing.</summary>
    /// <returns>Whether there is something to say.</returns>
    public static bool ShowsAlertOf(this HttpContext context, FormAnswer answer)
    {
        if (answer.IsUnavailable)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }

        PageVisit.Of(context).Alert = answer.Alert;
        return answer.Alert is not null;
    }
}
