using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.SignIn;

/// <summary>What is asked about a device while its sign-in is still being checked.</summary>
/// <remarks>It has at hand what it needs to end: a check that is over must not fail because the app's services are gone.</remarks>
internal sealed class EarlyComparison(
    DeviceQuestion question, SessionOrigin origin, Task<DeviceComparison> running, CancellationTokenSource limit, SessionRequest request, TrackingBoundary boundary)
{
    public DeviceQuestion Question => question;

    /// <summary>The request as it was described for that.</summary>
    public SessionOrigin Origin => origin;

    /// <summary>The answer, once it has ended, or <see langword="null"/> where none came.</summary>
    public DeviceComparison? Answer { get; private set; }

    /// <summary>Waits for the answer, on half of what is left of the request's budget: nothing of it goes on beside what follows.</summary>
    public async Task EndAsync()
    {
        DeviceComparison? found = null;
        if (await boundary.AskStoreAsync(request.Budget.Half(), TrackingStep.CompareDevice, async _ => found = await running, inPlace: true))
        {
            Answer = found;
            return;
        }

        running.GiveUp();

        // Not on this thread: what listens to the token is the work's own, and may hang.
        _ = limit.CancelAsync();
    }
}
