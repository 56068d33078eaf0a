namespace Sessions.Identity.Notices;

/// <summary>What is asked of the app's accounts, by a user's id, without knowing their type.</summary>
internal interface IAccounts
{
    /// <summary>Finds where a person can be written to.</summary>
    /// <returns>Their address if they have confirmed it, else <see langword="null"/>.</returns>
    Task<string?> FindConfirmedEmailAsync(string userId);

    /// <summary>Tells by what a person signs in.</summary>
    Task<AccountKeys> KeysOfAsync(string userId);
}

/// <summary>By what a person signs in: what to change when somebody else did.</summary>
internal sealed record AccountKeys(bool HasPassword, IReadOnlyList<string> Providers)
{
    public static AccountKeys None { get; } = new(HasPassword: false, []);
}
