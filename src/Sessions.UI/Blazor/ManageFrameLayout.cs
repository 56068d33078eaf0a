using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Http;

namespace Sessions.UI.Blazor;

/// <summary>Stands for the layout of the app's Manage pages, which is known only when a request comes.</summary>
internal sealed class ManageFrameLayout : LayoutComponentBase
{
    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenComponent<LayoutView>(0);
        builder.AddComponentParameter(1, nameof(LayoutView.Layout), PageVisit.Of(Http).Layout);
        builder.AddComponentParameter(2, nameof(LayoutView.ChildContent), Body);
        builder.CloseComponent();
    }
}
