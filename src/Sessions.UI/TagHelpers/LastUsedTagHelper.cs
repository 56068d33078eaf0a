using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Sessions.Identity;
using Sessions.UI.Badges;
using Sessions.UI.Words;

namespace Sessions.UI;

/// <summary>
/// A "Last used" badge beside the button of the way by which this browser last signed in, and nothing anywhere else:
/// <c>&lt;sessions-last-used method="password" /&gt;</c>, <c>&lt;sessions-last-used provider="Google" /&gt;</c>.
/// </summary>
/// <remarks>It tells the way, never who. However many of them a page has, they cost one look-up, and none in a browser that never signed in.</remarks>
[HtmlTargetElement("sessions-last-used", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class LastUsedTagHelper : TagHelper
{
    private readonly SessionWords _words;

    /// <summary>Made by the view.</summary>
    /// <param name="services">The request's services.</param>
    public LastUsedTagHelper(IServiceProvider services) => _words = (SessionWords)services.GetService(typeof(SessionWords))!;

    /// <summary>The method: one of <see cref="SignInMethod"/>, or a word of the host's own. Left out: any.</summary>
    public string? Method { get; set; }

    /// <summary>The external provider's scheme, such as "Google"; its case does not matter. Left out: any.</summary>
    public string? Provider { get; set; }

    /// <summary>The view.</summary>
    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; } = default!;

    /// <inheritdoc />
    public override async Task ProcessAsync(TagHelperContext context, TagHelperOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (!await LastUsed.IsAsync(ViewContext.HttpContext, Method, Provider))
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "span";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", LastUsed.Classes);
        output.Content.SetContent(_words["LastUsed.Badge"]);
    }
}
