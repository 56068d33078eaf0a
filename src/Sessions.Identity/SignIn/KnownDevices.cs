using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.SignIn;

/// <summary>Compares the device of a sign-in with those that the user signed in from before.</summary>
internal sealed class KnownDevices(TrackingBoundary boundary)
{
    /// <summary>Flags the event of a sign-in from a device that is new to its user. Where that can't be told, it is not flagged.</summary>
    /// <param name="services">The services of the request.</param>
    /// <param name="budget">The request's.</param>
    /// <param name="signedIn">The event.</param>
    /// <param name="mayKnowId">Whether the device may have been seen by its id: not where it has just got it.</param>
    /// <param name="isWrittenNext">Whether the session is written next.</param>
    public async Task<SessionEventDescriptor> CompareAsync(
        IServiceProvider services, TrackingBudget budget, SessionEventDescriptor signedIn, bool mayKnowId = true, bool isWrittenNext = false)
    {
        // On half of what is left: an answer that doesn't come must not cost the sign-in its row.
        var isNew = false;
        await boundary.AskStoreAsync(budget.Half(), TrackingStep.CompareDevice, async token =>
            isNew = await services.GetRequiredService<IUserSessionStore>().IsNewDeviceAsync(signedIn, mayKnowId, isWrittenNext, token));
        return signedIn with { IsNewDevice = isNew };
    }
}
