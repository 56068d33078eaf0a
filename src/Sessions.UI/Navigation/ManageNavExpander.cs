using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.UI.Navigation;

/// <summary>Offers our menu first where Identity UI asks for its own, so that the app need not scaffold it.</summary>
internal sealed class ManageNavExpander : IViewLocationExpander
{
    public void PopulateValues(ViewLocationExpanderContext context)
    {
    }

    public IEnumerable<string> ExpandViewLocations(ViewLocationExpanderContext context, IEnumerable<string> viewLocations) =>
        IsMenu(context) && HasOriginal(context) ? viewLocations.Prepend(ManageNav.OurPath) : viewLocations;

    private static bool IsMenu(ViewLocationExpanderContext context) =>
        context is { IsMainPage: false, ViewName: ManageNav.ViewName, AreaName: ManageNav.Area };

    // An app may have a menu of that name elsewhere, without Identity UI: then it is none of our business.
    private static bool HasOriginal(ViewLocationExpanderContext context) =>
        context.ActionContext.HttpContext.RequestServices.GetRequiredService<IRazorPageFactoryProvider>().CreateFactory(ManageNav.OriginalPath).Success;
}
