namespace Sessions.Identity.Limits;

/// <summary>What a person has chosen, and what became of it: the sign-in goes on in the request that it is made in.</summary>
internal sealed class MadeChoice(PendingChoice pending, IReadOnlyList<Guid> sessions)
{
    public PendingChoice Pending { get; } = pending;

    /// <summary>The sessions that end with it.</summary>
    public IReadOnlyList<Guid> Sessions { get; } = sessions;

    /// <summary>Whether there would still be one too many: nobody was signed out, and nobody in.</summary>
    public bool IsTooFew { get; set; }

    /// <summary>Whether the choice had been made before.</summary>
    public bool IsSpent { get; set; }
}
