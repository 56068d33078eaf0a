using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity.Validation;
using Sessions.UI.Words;

namespace Sessions.UI.SignIn;

/// <summary>Tells somebody who was signed out why, on the login page that they were sent to.</summary>
internal sealed class SignedOutReasonFilter : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var executed = await next();

        // Only a page that is shown can tell: a redirect, or the answer to a sign-in, leaves the reason for later.
        if (HttpMethods.IsGet(context.HttpContext.Request.Method) && executed is { Exception: null, Result: PageResult })
        {
            Tell(context);
        }
    }

    private static void Tell(PageHandlerExecutingContext context)
    {
        var services = context.HttpContext.RequestServices;
        if (services.GetService<SignedOutNotice>()?.Take(context.HttpContext) is { } reason)
        {
            // The page's own validation summary shows it, and announces it: it has role=alert.
            context.ModelState.AddModelError(string.Empty, services.GetRequiredService<SessionWords>().Notice(reason));
        }
    }
}
