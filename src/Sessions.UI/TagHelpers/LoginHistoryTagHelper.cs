using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Sessions.UI.TagHelpers;

namespace Sessions.UI;

/// <summary>The newest events of the person who makes the request, in a page of the host's own: <c>&lt;sessions-history count="5" /&gt;</c>.</summary>
/// <param name="html">Renders the component.</param>
[HtmlTargetElement("sessions-history", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class LoginHistoryTagHelper(IHtmlHelper html) : TagHelper
{
    /// <summary>How many events.</summary>
    /// <value>10 by default; 200 at most.</value>
    public int Count { get; set; } = 10;

    /// <summary>The view.</summary>
    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; } = default!;

    /// <inheritdoc />
    public override Task ProcessAsync(TagHelperContext context, TagHelperOutput output) =>
        html.ReplaceByComponentAsync<LoginHistory>(ViewContext, output, new { Count });
}
