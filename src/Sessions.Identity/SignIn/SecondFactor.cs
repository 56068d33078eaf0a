namespace Sessions.Identity;

/// <summary>The second factor that protected a sign-in. Short strings, kept as they are.</summary>
public static class SecondFactor
{
    /// <summary>A code of an authenticator app.</summary>
    public const string Authenticator = "authenticator";

    /// <summary>One of the account's recovery codes.</summary>
    public const string RecoveryCode = "recovery_code";

    /// <summary>A code sent by email.</summary>
    public const string Email = "email";

    /// <summary>A code sent to a phone.</summary>
    public const string Phone = "phone";

    /// <summary>A browser that the person asked to remember at an earlier sign-in.</summary>
    public const string RememberedBrowser = "remembered_browser";
}
