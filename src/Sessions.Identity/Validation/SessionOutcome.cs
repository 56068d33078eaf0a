namespace Sessions.Identity.Validation;

/// <summary>What the look-up says of a ticket's session.</summary>
internal enum SessionOutcome
{
    /// <summary>Its row is live and is this ticket's: go on.</summary>
    Live,

    /// <summary>Its row has ended: refuse.</summary>
    Ended,

    /// <summary>Its key is in no row, or in one of another user or scheme: refuse.</summary>
    Unknown,

    /// <summary>The store gave no answer. That is an outage and no revocation: go on.</summary>
    Errored,

    /// <summary>The ticket has no key and was not adopted: go on, as without Sessions.</summary>
    Untracked,
}
