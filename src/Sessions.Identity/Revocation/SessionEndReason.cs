namespace Sessions.Identity;

/// <summary>Why a session ended. Short strings, kept as they are; later versions may add some.</summary>
public static class SessionEndReason
{
    /// <summary>The person signed out on the device itself.</summary>
    public const string SignedOut = "SignedOut";

    /// <summary>Its time was over: idle, absolute, or its ticket's own end.</summary>
    public const string Expired = "Expired";

    /// <summary>The person ended it from another device.</summary>
    public const string RevokedByUser = "RevokedByUser";

    /// <summary>The person signed out everywhere else.</summary>
    public const string RevokedEverywhereElse = "RevokedEverywhereElse";

    /// <summary>An administrator, or the app itself, ended it.</summary>
    public const string RevokedByAdmin = "RevokedByAdmin";

    /// <summary>The person said of it: this wasn't me.</summary>
    public const string ReportedByUser = "ReportedByUser";

    /// <summary>The password was changed or reset.</summary>
    public const string PasswordChanged = "PasswordChanged";

    /// <summary>The account's security stamp changed.</summary>
    public const string SecurityStampChanged = "SecurityStampChanged";

    /// <summary>An administrator locked the account.</summary>
    public const string UserLockedOut = "UserLockedOut";

    /// <summary>The account was deleted.</summary>
    public const string UserDeleted = "UserDeleted";

    /// <summary>The limit of concurrent sign-ins was reached.</summary>
    public const string LimitReached = "LimitReached";

    /// <summary>The user had more live sessions than the cap; the oldest ended.</summary>
    public const string Pruned = "Pruned";

    /// <summary>The same person signed in again in the same browser. No event; nobody is told.</summary>
    public const string Superseded = "Superseded";

    /// <summary>Whether a session that ended for this reason ended silently.</summary>
    internal static bool IsSilent(string? reason) => reason == Superseded;

    /// <summary>The reasons of ends that nobody decided on. To have been the oldest of too many speaks against no device.</summary>
    internal static readonly string[] NoDecisions = [SignedOut, Expired, Superseded, LimitReached, Pruned];

    /// <summary>Whether a session that ended for this reason was revoked by a decision.</summary>
    internal static bool IsDecision(string? reason) => reason is not null && !NoDecisions.Contains(reason);

    /// <summary>The kind of event that an end for this reason writes, or <see langword="null"/> for none.</summary>
    internal static string? EventKindOf(string reason) => reason switch
    {
        SignedOut => SessionEventKind.SignedOut,
        Expired => SessionEventKind.Expired,
        Superseded => null,
        _ => SessionEventKind.Revoked,
    };
}
