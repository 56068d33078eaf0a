using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Sessions.UI.TagHelpers;

/// <summary>Puts a component where a tag stands.</summary>
internal static class ComponentTags
{
    public static async Task ReplaceByComponentAsync<TComponent>(this IHtmlHelper html, ViewContext view, TagHelperOutput output, object parameters)
        where TComponent : IComponent
    {
        ((IViewContextAware)html).Contextualize(view);
        output.TagName = null;
        output.Content.SetHtmlContent(await html.RenderComponentAsync<TComponent>(RenderMode.Static, parameters));
    }
}
