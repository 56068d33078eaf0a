using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Sessions.UI;

/// <summary>A heading whose level follows what stands above it: the Manage frame has two of its own, an app's plain layout none.</summary>
internal sealed class SectionHeading : ComponentBase
{
    [Parameter, EditorRequired]
    public int Level { get; set; }

    [Parameter, EditorRequired]
    public string Text { get; set; } = string.Empty;

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, string.Create(CultureInfo.InvariantCulture, $"h{Level}"));
        builder.AddAttribute(1, "class", "sessions-heading h3");
        builder.AddContent(2, Text);
        builder.CloseElement();
    }
}
