using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewEngines;
using Microsoft.Extensions.Localization;
using Sessions.UI.Navigation;
using Sessions.UI.Words;

namespace Sessions.UI;

/// <summary>Puts a page of ours into the frame of Identity UI's Manage pages where there is one, else into the app's own layout.</summary>
/// <param name="views">Where the frame is looked for.</param>
/// <param name="text">The texts.</param>
public sealed class ManageFrame(ICompositeViewEngine views, IStringLocalizer<SessionsText> text)
{
    private const string AppLayout = "_Layout";

    private bool _isFramed;

    /// <summary>The level of a page's first heading: the frame has an h1 and an h2 of its own.</summary>
    public int HeadingLevel => _isFramed ? 3 : 1;

    /// <summary>The level of the page's other headings.</summary>
    public int SubheadingLevel => _isFramed ? 3 : 2;

    /// <summary>The language of the texts, for the <c>lang</c> of what a page of ours puts into the app's layout.</summary>
    public string Language => new SessionWords(text).Language;

    /// <summary>Its direction, for <c>dir</c>: the layout around it may not know.</summary>
    public string Direction => new SessionWords(text).IsRightToLeft ? "rtl" : "ltr";

    /// <summary>Finds the layout for a page.</summary>
    /// <param name="view">The page's view.</param>
    /// <param name="layout">The layout that it has from the app's or Identity UI's _ViewStart.</param>
    /// <returns>The layout to use.</returns>
    public string? Enter(ViewContext view, string? layout)
    {
        ArgumentNullException.ThrowIfNull(view);

        _isFramed = views.GetView(executingFilePath: null, ManageNav.LayoutPath, isMainPage: false).Success;
        if (!_isFramed)
        {
            return Leave(view, layout);
        }

        view.ViewData["ActivePage"] = "Devices";
        if (layout is not null)
        {
            // This is how the frame is told what goes around it.
            view.ViewData["ParentLayout"] = layout;
        }

        return ManageNav.LayoutPath;
    }

    /// <summary>Finds the layout for a page that stands outside the frame: nobody needs to be signed in there.</summary>
    /// <param name="view">The page's view.</param>
    /// <param name="layout">The layout that it has from the app's or Identity UI's _ViewStart.</param>
    /// <returns>The layout to use.</returns>
    public string? Leave(ViewContext view, string? layout) =>
        layout ?? (views.FindView(view, AppLayout, isMainPage: false).Success ? AppLayout : null);
}
