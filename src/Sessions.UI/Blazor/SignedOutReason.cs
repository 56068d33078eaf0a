using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sessions.Identity.Validation;
using Sessions.UI.Words;

namespace Sessions.UI.Blazor;

/// <summary>Tells somebody who was signed out why, on the app's login page that they were sent to.</summary>
/// <remarks>
/// The template's login page shows what a cookie of the template's says. The reason is put into the request as if the browser had sent it: so
/// it is told on no other page, and the browser keeps nothing readable.
/// </remarks>
internal static class SignedOutReason
{
    private const string StatusCookie = "Identity.StatusMessage";

    public static void Tell(HttpContext context)
    {
        if (IsForReason(context) && context.RequestServices.GetService<SignedOutNotice>()?.Read(context) is { } reason)
        {
            context.Response.OnStarting(() => ForgetAsync(context));
            var words = context.RequestServices.GetRequiredService<SessionWords>().Notice(reason);
            context.Request.Headers.Append("Cookie", $"{StatusCookie}={Uri.EscapeDataString(words)}");
        }
    }

    // A page that leads on, to a provider perhaps, has shown nothing.
    private static Task ForgetAsync(HttpContext context)
    {
        if (context.Response.StatusCode == StatusCodes.Status200OK)
        {
            SignedOutNotice.Forget(context);
        }

        return Task.CompletedTask;
    }

    private static bool IsForReason(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && context.Request.Cookies.ContainsKey(SignedOutNotice.CookieName)
        && !context.Request.Cookies.ContainsKey(StatusCookie)
        && context.Request.Path == context.RequestServices.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme).LoginPath;
}
