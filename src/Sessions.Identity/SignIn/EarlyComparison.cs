using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.SignIn;

/// <summary>What is asked about a device while its sign-in is still being checked.</summary>
internal sealed class EarlyComparison(DeviceQuestion question, SessionOrigin origin, Task<DeviceComparison> running, CancellationTokenSource limit)
{
    public DeviceQuestion Question => question;

    /// <summary>The request as it was described for that.</summary>
    public SessionOrigin Origin => origin;

    public Task<DeviceComparison> Running => running;

    /// <summary>The answer, once the check is over, or <see langword="null"/> where none came.</summary>
    public DeviceComparison? Answer { get; set; }

    /// <summary>Waits for it no longer.</summary>
    public void Abandon()
    {
        running.GiveUp();

        // Not on this thread: what listens to the token is the work's own, and may hang.
        _ = limit.CancelAsync();
    }
}
