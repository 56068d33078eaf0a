namespace Sessions.Identity;

/// <summary>What happens to a sign-in or a request whose tracking failed.</summary>
public enum TrackingFailureMode
{
    /// <summary>It goes on: an outage of tracking is no revocation. The default.</summary>
    LetThrough,

    /// <summary>It is refused, for hosts that must fail closed. An outage of the database then signs everybody out of the app for its time.</summary>
    Refuse,
}
