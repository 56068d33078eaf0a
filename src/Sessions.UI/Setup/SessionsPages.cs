using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity;
using Sessions.UI.Navigation;
using Sessions.UI.SignIn;

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

    /// <summary>Finds a page on which people manage their account: the app's own component at the template's address, or else Identity UI's page.</summary>
    /// <returns>Its address; <see langword="null"/> if the app has no such page.</returns>
    public static string? PathOfOwnPage(HttpContext context, string page)
    {
        if (page == "/Account/Login")
        {
            return context.Request.PathBase + LoginAddress.Of(context.RequestServices).TrimStart('~');
        }

        var isComponent = context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Any(endpoint =>
            endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
            && string.Equals(endpoint.RoutePattern.RawText?.Trim('/'), page.Trim('/'), StringComparison.OrdinalIgnoreCase));
        return isComponent
            ? context.Request.PathBase + page
            : context.RequestServices.GetService<LinkGenerator>()?.GetPathByPage(context, page, handler: null, values: new { area = ManageNav.Area });
    }

    private static string? PathOf(HttpContext context, SessionsPage page) => IsComponent(context.RequestServices, page)
        ? context.Request.PathBase + page.Route
        : context.RequestServices.GetService<LinkGenerator>()?.GetPathByPage(context, page.RazorPage, handler: null, values: new { area = ManageNav.Area });

    // Blazor's own endpoints make no links.
    private static bool IsComponent(IServiceProvider services, SessionsPage page) =>
        services.GetService<EndpointDataSource>()?.Endpoints.Any(endpoint => endpoint.Metadata.GetMetadata<SessionsPage>() == page) == true;
}
