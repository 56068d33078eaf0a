using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sessions.Identity;

namespace Sessions.UI.Operators;

/// <summary>Serves the operators' pages where the host says and to whom it says, or not at all: without a policy they have no route.</summary>
internal sealed class OperatorPages(IOptions<UserSessionOptions> options) : IConfigureOptions<RazorPagesOptions>
{
    public const string Area = "Identity";
    public const string Index = "/Sessions/Index";

    private const string OwnPath = "Identity/Sessions";

    // Each by its name: a host may have pages of its own in a folder of that name.
    private static readonly string[] _pages = [Index, "/Sessions/Events", "/Sessions/Live", "/Sessions/Person", "/Sessions/End"];

    public void Configure(RazorPagesOptions pages)
    {
        var administration = options.Value.Administration;
        foreach (var page in _pages)
        {
            pages.Conventions.AddAreaPageRouteModelConvention(Area, page, route => Place(route, administration));
            if (administration.Policy is { } policy)
            {
                pages.Conventions.AuthorizeAreaPage(Area, page, policy);
            }
        }
    }

    private static void Place(PageRouteModel route, AdministrationOptions administration)
    {
        if (administration.Policy is null)
        {
            route.Selectors.Clear();
            return;
        }

        foreach (var selector in route.Selectors)
        {
            if (selector.AttributeRouteModel is { Template: { } template } attribute && template.StartsWith(OwnPath, StringComparison.Ordinal))
            {
                attribute.Template = administration.Path.TrimStart('/') + template[OwnPath.Length..];
            }
        }
    }
}
