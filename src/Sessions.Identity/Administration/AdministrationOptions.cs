namespace Sessions.Identity;

/// <summary>The operators' pages: who is on, who is knocking, and ending it.</summary>
public sealed class AdministrationOptions
{
    /// <summary>Gets or sets the authorization policy that whoever opens these pages must meet.</summary>
    /// <value><see langword="null"/> by default: they are not served.</value>
    public string? Policy { get; set; }

    /// <summary>Gets or sets where the pages are.</summary>
    /// <value><c>/Identity/Sessions</c> by default.</value>
    public string Path { get; set; } = "/Identity/Sessions";

    /// <summary>Gets or sets whether it is an event of a person's trail when an operator looks at it: one per operator, person and hour.</summary>
    /// <value><see langword="false"/> by default. The person sees that support looked, not who.</value>
    public bool RecordTrailViews { get; set; }

    /// <summary>How far a page of a search looks.</summary>
    internal Administration.SearchBounds Bounds { get; set; } = new();
}
