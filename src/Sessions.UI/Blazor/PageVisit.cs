using Microsoft.AspNetCore.Http;

namespace Sessions.UI.Blazor;

/// <summary>What a page of ours is shown with. It belongs to one request.</summary>
internal sealed class PageVisit
{
    /// <summary>The form that was sent. Empty, where it is none.</summary>
    public IFormCollection Form { get; set; } = FormCollection.Empty;

    /// <summary>What the form sent just before did.</summary>
    public string? Status { get; set; }

    /// <summary>Why the form sent now did not do it.</summary>
    public string? Alert { get; set; }

    /// <summary>What else came of the form.</summary>
    public object? Outcome { get; set; }

    /// <summary>The layout of the app's Manage pages, where the page stands in it.</summary>
    public Type? Layout { get; set; }

    /// <summary>The level of the page's first heading: the template's frame has an h1 and an h2 of its own.</summary>
    public int HeadingLevel => Layout is null ? 1 : 3;

    /// <summary>The level of its other headings.</summary>
    public int SubheadingLevel => Layout is null ? 2 : 3;

    public static PageVisit Of(HttpContext context)
    {
        if (context.Features.Get<PageVisit>() is { } visit)
        {
            return visit;
        }

        visit = new PageVisit();
        context.Features.Set(visit);
        return visit;
    }
}
