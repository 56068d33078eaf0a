namespace Sessions.Identity.Stores;

/// <summary>A session that begins, and what it takes the place of.</summary>
internal sealed record SessionBeginning
{
    public required UserSessionDescriptor Session { get; init; }

    public required SessionEventDescriptor SignedIn { get; init; }

    /// <summary>Whether the browser came with its id: only then can the same person have other sessions there.</summary>
    public bool IsReturningBrowser { get; init; }

    /// <summary>The user's sessions that they chose to sign out for it.</summary>
    public IReadOnlyList<Guid> Chosen { get; init; } = [];

    /// <summary>What holds for the user. Only where somebody else ended a chosen session meanwhile, it is looked at once more.</summary>
    public SignInLimits Limits { get; init; } = SignInLimits.None;

    /// <summary>The session whose ticket this request carried and whose cookie is overwritten.</summary>
    public SessionRecord? Replaced { get; init; }

    /// <summary>What it takes the place of, as it was a moment ago, or <see langword="null"/> where that is not known.</summary>
    public IReadOnlyList<EarlierSession>? Earlier { get; init; }

    /// <summary>Whether no more of the user's sessions were live then than may be.</summary>
    public bool HasRoom { get; init; }
}
