using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.UI.Blazor;

/// <summary>Serves a page of ours that is a component: its forms and files by named handlers, as a Razor Page has them, and else the page.</summary>
/// <remarks>So the forms are the same on both kinds of pages, need no script, and are answered with the same status.</remarks>
internal sealed class PageEndpoint(ComponentPage page, ManageLayout layout, RequestDelegate show)
{
    private RouteEndpoint? _framed;

    public async Task InvokeAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var isPost = HttpMethods.IsPost(context.Request.Method);
        if (isPost && !await HasTokenAsync(context))
        {
            // With a body, as Blazor answers it: an app's page for errors would be asked for with the same form.
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync("The form has no valid antiforgery token. Load its page anew.", context.RequestAborted);
            return;
        }

        var visit = PageVisit.Of(context);
        if (isPost && context.Request.HasFormContentType)
        {
            visit.Form = await context.Request.ReadFormAsync(context.RequestAborted);
        }

        visit.Status = isPost ? null : StatusCookie.Take(context);
        if (await page.AnswerAsync(context, context.Request.Query["handler"]) is { } answer)
        {
            await answer.ExecuteAsync(context);
            return;
        }

        Frame(context, visit);
        await ShowAsync(context);
    }

    // Blazor would look for a form of its own. What came of ours is shown as the page is that it was on.
    private async Task ShowAsync(HttpContext context)
    {
        var method = context.Request.Method;
        context.Request.Method = HttpMethods.IsPost(method) ? HttpMethods.Get : method;
        try
        {
            await show(context);
        }
        finally
        {
            context.Request.Method = method;
        }
    }

    // The app's antiforgery middleware has looked already; then the form must not be read again.
    private static async Task<bool> HasTokenAsync(HttpContext context) => context.Features.Get<IAntiforgeryValidationFeature>() is { } checkedBefore
        ? checkedBefore.IsValid
        : await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context);

    // The layout is only known once the app's own pages are.
    private void Frame(HttpContext context, PageVisit visit)
    {
        if (page.Framed is not { } framed || layout.Find(context) is not { } found || context.GetEndpoint() is not RouteEndpoint { RequestDelegate: { } serve } endpoint)
        {
            return;
        }

        visit.Layout = found;
        _framed ??= new RouteEndpoint(
            serve, endpoint.RoutePattern, endpoint.Order, new EndpointMetadataCollection([.. endpoint.Metadata, new ComponentTypeMetadata(framed)]), endpoint.DisplayName);
        context.SetEndpoint(_framed);
    }
}
