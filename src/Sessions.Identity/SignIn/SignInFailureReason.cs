namespace Sessions.Identity;

/// <summary>Why a sign-in failed. Short, stable codes, kept as they are in the trail.</summary>
public static class SignInFailureReason
{
    /// <summary>The account exists, the password is not its own.</summary>
    public const string WrongPassword = "wrong_password";

    /// <summary>No account has the name that was typed.</summary>
    public const string UnknownUser = "unknown_user";

    /// <summary>The account is locked out.</summary>
    public const string LockedOut = "locked_out";

    /// <summary>The account may not sign in, for example because its address is not confirmed.</summary>
    public const string NotAllowed = "not_allowed";

    /// <summary>The code of the second factor was wrong.</summary>
    public const string WrongTwoFactorCode = "wrong_two_factor_code";

    /// <summary>The recovery code was wrong.</summary>
    public const string WrongRecoveryCode = "wrong_recovery_code";

    /// <summary>The passkey's assertion did not verify.</summary>
    public const string PasskeyFailed = "passkey_failed";

    /// <summary>The external provider answered with an error, or the person turned back there.</summary>
    public const string ExternalFailed = "external_failed";

    /// <summary>The host's rate limiter refused the attempt.</summary>
    public const string RateLimited = "rate_limited";
}
