namespace Sessions.Identity;

/// <summary>How a session began. Short strings, kept as they are, so that hosts and later versions can add some.</summary>
/// <remarks>The values are those of Identity's own metrics where it has one. A second factor is a detail of the method, not a method.</remarks>
public static class SignInMethod
{
    /// <summary>A user name and a password.</summary>
    public const string Password = "password";

    /// <summary>An external login: OAuth, OpenID Connect. The provider is kept beside it.</summary>
    public const string External = "external";

    /// <summary>A passkey.</summary>
    public const string Passkey = "passkey";

    /// <summary>A link that was sent to the person.</summary>
    public const string MagicLink = "magic_link";

    /// <summary>A code that was sent to the person, without a password.</summary>
    public const string OneTimeCode = "one_time_code";

    /// <summary>Single sign-on of an organisation.</summary>
    public const string SingleSignOn = "sso";

    /// <summary>Not known. We never guess.</summary>
    public const string Unknown = "unknown";
}
