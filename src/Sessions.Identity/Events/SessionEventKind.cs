namespace Sessions.Identity;

/// <summary>What an event of the trail says happened. Short strings, kept as they are; later versions may add some.</summary>
public static class SessionEventKind
{
    /// <summary>Somebody signed in.</summary>
    public const string SignedIn = "SignedIn";

    /// <summary>An attempt to sign in failed.</summary>
    public const string SignInFailed = "SignInFailed";

    /// <summary>The person signed out on the device itself.</summary>
    public const string SignedOut = "SignedOut";

    /// <summary>A session was ended by decision; the event's end reason says whose.</summary>
    public const string Revoked = "Revoked";

    /// <summary>A session ended because its time was over.</summary>
    public const string Expired = "Expired";

    /// <summary>A second factor was added to a live session.</summary>
    public const string StepUp = "StepUp";

    /// <summary>The person entered their credentials again for something sensitive.</summary>
    public const string AccessConfirmed = "AccessConfirmed";

    /// <summary>The person turned back at the limit of concurrent sign-ins.</summary>
    public const string LimitDeclined = "LimitDeclined";

    /// <summary>An operator looked at somebody's trail.</summary>
    public const string TrailViewed = "TrailViewed";
}
