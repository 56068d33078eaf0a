namespace Sessions.Identity.Tracking;

/// <summary>A step of tracking was given up because the request's time for it was over, or failed only after it had held the request up.</summary>
internal sealed class TrackingTimeoutException(Exception? innerException = null)
    : TimeoutException("Tracking took longer than UserSessionOptions.TrackingTimeout allows.", innerException);
