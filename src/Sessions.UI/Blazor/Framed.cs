using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Routing;

namespace Sessions.UI.Blazor;

/// <summary>A page of ours in the layout of the app's Manage pages. Without this, the router gives it its default layout.</summary>
[ExcludeFromInteractiveRouting]
[Layout(typeof(ManageFrameLayout))]
internal abstract class Framed<TPage> : ComponentBase
    where TPage : IComponent
{
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenComponent<TPage>(0);
        builder.CloseComponent();
    }
}

/// <summary>The devices. The router wants to see the page's route, also where the endpoint has found it.</summary>
[Route(SessionsPage.DevicesRoute)]
internal sealed class FramedDevices : Framed<DevicesPage>;

/// <summary>The history.</summary>
[Route(SessionsPage.HistoryRoute)]
internal sealed class FramedHistory : Framed<HistoryPage>;
