using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.UI.Blazor;

/// <summary>The layout of the pages on which people manage their account: the one that the app names, or that its own pages have.</summary>
/// <remarks>The template's is a component of the app, which a library's page can't name.</remarks>
internal sealed class ManageLayout(Type? named)
{
    private const string Manage = "/Account/Manage";

    private Found? _found = named is null ? null : new Found(named);

    public Type? Find(HttpContext context)
    {
        _found ??= new Found(LayoutOf(context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints));
        return _found.Layout;
    }

    // The page at the address itself first: one below it may have a layout of its own.
    private static Type? LayoutOf(IEnumerable<Endpoint> endpoints) => endpoints
        .OfType<RouteEndpoint>()
        .Select(endpoint => (Route: $"/{endpoint.RoutePattern.RawText?.Trim('/')}", Component: endpoint.Metadata.GetMetadata<ComponentTypeMetadata>()?.Type))
        .Where(page => page.Component is not null && IsManage(page.Route))
        .OrderBy(page => page.Route.Length)
        .Select(page => page.Component!.GetCustomAttribute<LayoutAttribute>()?.LayoutType)
        .FirstOrDefault(layout => layout is not null);

    // One reference: a request that looks at it meanwhile sees all of it or nothing.
    private sealed record Found(Type? Layout);

    private static bool IsManage(string route) =>
        route.Equals(Manage, StringComparison.OrdinalIgnoreCase) || route.StartsWith($"{Manage}/", StringComparison.OrdinalIgnoreCase);
}
