using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Endpoints;

namespace Sessions.UI.Blazor;

/// <summary>Makes endpoints of our pages, and lets the app's login page tell why somebody was signed out.</summary>
internal sealed class PageConvention(Type? manageLayout)
{
    private readonly ManageLayout _layout = new(manageLayout);

    public void Apply(EndpointBuilder builder)
    {
        if (builder.RequestDelegate is not { } show || builder.Metadata.OfType<ComponentTypeMetadata>().LastOrDefault()?.Type is not { } component)
        {
            return;
        }

        if (ComponentPage.Find(component) is not { } page)
        {
            builder.RequestDelegate = context =>
            {
                SignedOutReason.Tell(context);
                return show(context);
            };
            return;
        }

        builder.Metadata.Add(page.Page);
        builder.RequestDelegate = new PageEndpoint(page, _layout, show).InvokeAsync;
    }
}
