namespace Sessions.Identity.Stores;

/// <summary>A session that begins, and what it takes the place of.</summary>
internal sealed record SessionBeginning
{
    public required UserSessionDescriptor Session { get; init; }

    public required SessionEventDescriptor SignedIn { get; init; }

    /// <summary>Whether the browser came with its id: only then can the same person have other sessions there.</summary>
    public bool IsReturningBrowser { get; init; }

    /// <summary>The session whose ticket this request carried and whose cookie is overwritten.</summary>
    public SessionRecord? Replaced { get; init; }
}
