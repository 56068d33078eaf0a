namespace Sessions.Identity.Tracking;

/// <summary>A step of tracking was given up because the request's time for it was over.</summary>
internal sealed class TrackingTimeoutException()
    : TimeoutException("Tracking took longer than UserSessionOptions.TrackingTimeout allows.");
