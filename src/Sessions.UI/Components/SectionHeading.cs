using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Sessions.UI;

/// <summary>A heading whose level follows what stands above it: the Manage frame has two of its own, an app's plain layout none.</summary>
public sealed class SectionHeading : ComponentBase
{
    /// <summary>The heading's level, from 1 to 6.</summary>
    [Parameter, EditorRequired]
    public int Level { get; set; }

    /// <summary>The heading's text.</summary>
    [Parameter, EditorRequired]
    public string Text { get; set; } = string.Empty;

    /// <inheritdoc />
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.OpenElement(0, string.Create(CultureInfo.InvariantCulture, $"h{Level}"));
        builder.AddAttribute(1, "class", Level == 1 ? "sessions-heading" : "sessions-heading h3 mt-3 mt-lg-0");
        builder.AddContent(2, Text);
        builder.CloseElement();
    }
}
