using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.SignIn;

/// <summary>Compares the device of a sign-in with those that the user signed in from before.</summary>
internal sealed class KnownDevices(TrackingBoundary boundary)
{
    /// <summary>Flags the event of a sign-in from a device that is new to its user. Where that can't be told, it is not flagged.</summary>
    public async Task<SessionEventDescriptor> CompareAsync(IServiceProvider services, TrackingBudget budget, SessionEventDescriptor signedIn)
    {
        // On half of what is left: an answer that doesn't come must not cost the sign-in its row.
        var isNew = false;
        await boundary.AskStoreAsync(budget.Half(), TrackingStep.CompareDevice, async token =>
            isNew = await services.GetRequiredService<IUserSessionStore>().IsNewDeviceAsync(signedIn, token));
        return signedIn with { IsNewDevice = isNew };
    }
}
