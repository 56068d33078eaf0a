using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;
using Sessions.UI.Navigation;
using Sessions.UI.TagHelpers;

namespace Sessions.UI;

/// <summary>The devices of the person who makes the request, in a page of the host's own: <c>&lt;sessions-list /&gt;</c>.</summary>
/// <param name="html">Renders the component.</param>
/// <param name="urls">Finds where its forms post.</param>
[HtmlTargetElement("sessions-list", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class SessionListTagHelper(IHtmlHelper html, IUrlHelperFactory urls) : TagHelper
{
    /// <summary>Whether each other device can be signed out. The forms post to the Devices page, which shows the result.</summary>
    /// <value>True by default.</value>
    public bool SignOut { get; set; } = true;

    /// <summary>The level of the heading above devices that have not been used for long.</summary>
    /// <value>3 by default.</value>
    public int HeadingLevel { get; set; } = 3;

    /// <summary>The view.</summary>
    [HtmlAttributeNotBound]
    [ViewContext]
    public ViewContext ViewContext { get; set; } = default!;

    /// <inheritdoc />
    public override Task ProcessAsync(TagHelperContext context, TagHelperOutput output) => html.ReplaceByComponentAsync<SessionList>(ViewContext, output, new
    {
        HeadingLevel,
        SignOutAction = SignOut ? Handler("SignOut") : null,
        SignOutOthersAction = SignOut ? Handler("SignOutOthers") : null,
    });

    private string? Handler(string name) =>
        urls.GetUrlHelper(ViewContext).Page(ManageNav.DevicesPage, name, new { area = ManageNav.Area });
}
