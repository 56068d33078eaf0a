using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity;
using Sessions.UI.Navigation;

namespace Sessions.UI;

/// <summary>Finds our pages as the app has them: as Blazor pages, which it asks for by a line of code, else as Razor Pages, where it maps those.</summary>
internal sealed class SessionsPages : ISessionsPages
{
    public string? LimitPath(HttpContext context) => PathOf(context, SessionsPage.Limit);

    public string? ConfirmAccessPath(HttpContext context) => PathOf(context, SessionsPage.ConfirmAccess);

    /// <summary>Finds a page outside a request.</summary>
    public static string? PathOf(IServiceProvider services, SessionsPage page, PathString pathBase, object? values = null)
    {
        var query = new RouteValueDictionary(values);
        if (IsComponent(services, page))
        {
            return pathBase + page.Route + QueryString.Create(query.Select(value => KeyValuePair.Create(value.Key, value.Value?.ToString())));
        }

        query["area"] = ManageNav.Area;
        return services.GetService<LinkGenerator>()?.GetPathByPage(page.RazorPage, handler: null, query, pathBase);
    }

    private static string? PathOf(HttpContext context, SessionsPage page) => IsComponent(context.RequestServices, page)
        ? context.Request.PathBase + page.Route
        : context.RequestServices.GetService<LinkGenerator>()?.GetPathByPage(context, page.RazorPage, handler: null, values: new { area = ManageNav.Area });

    // Blazor's own endpoints make no links.
    private static bool IsComponent(IServiceProvider services, SessionsPage page) =>
        services.GetService<EndpointDataSource>()?.Endpoints.Any(endpoint => endpoint.Metadata.GetMetadata<SessionsPage>() == page) == true;
}
