namespace Sessions.Identity;

/// <summary>Everything that is kept of a person's sessions and sign-ins, for a copy to take away (GDPR, article 15). Times are UTC.</summary>
public sealed record SessionsPersonalData
{
    /// <summary>The sessions, live and ended, newest first: what is kept of each, by name. What is not known is left out.</summary>
    public required IReadOnlyList<IReadOnlyDictionary<string, string>> Sessions { get; init; }

    /// <summary>The login history, newest first, with the newest 10,000 failed attempts against each identity that is the person's own.</summary>
    public required IReadOnlyList<IReadOnlyDictionary<string, string>> LoginHistory { get; init; }
}
