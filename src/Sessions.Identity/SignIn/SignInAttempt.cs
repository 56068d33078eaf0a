using System.Security.Claims;

namespace Sessions.Identity.SignIn;

/// <summary>What the sign-in manager knows of the sign-in that it is making. The ticket is written deep inside; this carries the facts there.</summary>
internal sealed class SignInAttempt
{
    public string Method { get; set; } = SignInMethod.Unknown;

    public string? Provider { get; set; }

    public string? SecondFactor { get; set; }

    /// <summary>What else is known of the method, or the host's own word for it.</summary>
    public string? Detail { get; set; }

    /// <summary>Whether it is the second step of one that began in an earlier call: how that one was made, the first step told.</summary>
    public bool IsSecondStep { get; init; }

    /// <summary>The name field as it was typed; only a failure keeps it.</summary>
    public string? Identity { get; set; }

    /// <summary>The name of the account that is signed in to.</summary>
    public string? AccountName { get; set; }

    /// <summary>Whether the typed name belongs to an account.</summary>
    public bool FoundUser { get; set; }

    /// <summary>Whether it goes on with the session that there is, instead of beginning one.</summary>
    public bool IsRefresh { get; set; }

    /// <summary>What the sign-in adds to the user's own claims. Only a sign-in by our manager tells: only such a one can be made again later.</summary>
    public IReadOnlyCollection<Claim>? AddedClaims { get; set; }

    /// <summary>The digest of the user's stamp, whatever the principal carries of it.</summary>
    public string? UserStampDigest { get; set; }

    /// <summary>What was asked about its device while the password was checked.</summary>
    public EarlyComparison? Early { get; set; }

    /// <summary>How the sign-in was made that waited for its person's choice, and goes on now.</summary>
    public SignInFacts? Resumed { get; init; }
}
