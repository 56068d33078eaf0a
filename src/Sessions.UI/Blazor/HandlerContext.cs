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

    /// <summary>A field of the form, or else of the address: a page's link carries what its form sends back.</summary>
    public static string? Sent(this HttpContext context, string name) =>
        PageVisit.Of(context).Form[name].ToString() is { Length: > 0 } text ? text : context.Request.Query[name].ToString() is { Length: > 0 } linked ? linked : null;

    /// <summary>Shows the page with status 404. Only once it is rendered: of a page that is not found Blazor sends nothing.</summary>
    public static void ShowAsNotFound(this HttpContext context) => context.Response.OnStarting(() =>
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    });

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
