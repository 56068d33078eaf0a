using Microsoft.AspNetCore.Routing.Patterns;
using Sessions.UI.Tests.Blazor;

namespace Sessions.UI.Tests.Harness;

/// <summary>Blazor's static pages in a test's app, and ours beside them.</summary>
internal static class BlazorHost
{
    public static void AddServices(IServiceCollection services) => services.AddRazorComponents();

    public static RazorComponentsEndpointConventionBuilder Map(IEndpointRouteBuilder endpoints, Type? manageLayout = null)
    {
        ((IApplicationBuilder)endpoints).UseAntiforgery();
        return endpoints.MapRazorComponents<TestRoot>().AddSessionsPages(manageLayout);
    }

    /// <summary>Puts a page of the app's own at another address.</summary>
    public static RazorComponentsEndpointConventionBuilder Move(this RazorComponentsEndpointConventionBuilder pages, string from, string to)
    {
        pages.Add(endpoint =>
        {
            if (endpoint is RouteEndpointBuilder { RoutePattern.RawText: { } route } builder && route == from)
            {
                builder.RoutePattern = RoutePatternFactory.Parse(to);
            }
        });
        return pages;
    }
}

/// <summary>In which of the two ways an app has our pages.</summary>
public enum PageKind
{
    Razor,
    Blazor,
}
