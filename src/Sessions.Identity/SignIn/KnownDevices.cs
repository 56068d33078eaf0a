using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.SignIn;

/// <summary>Compares the device of a sign-in with those that the user signed in from before.</summary>
internal sealed class KnownDevices(TrackingBoundary boundary)
{
    /// <summary>Flags the event of a sign-in from a device that is new to its user. Where that can't be told, it is not flagged.</summary>
    public async Task<SessionEventDescriptor> CompareAsync(IServiceProvider services, TrackingBudget budget, SessionEventDescriptor signedIn) =>
        signedIn with { IsNewDevice = await CompareAsync(services, budget, signedIn, next: null) is { IsNew: true } };

    /// <summary>The same for a session that is written next; what it takes the place of is found by the way.</summary>
    public async Task<SessionBeginning> CompareAsync(IServiceProvider services, TrackingBudget budget, SessionBeginning next)
    {
        var found = await CompareAsync(services, budget, next.SignedIn, next);
        return next with { SignedIn = next.SignedIn with { IsNewDevice = found is { IsNew: true } }, Earlier = found?.Earlier };
    }

    // On half of what is left: an answer that doesn't come must not cost the sign-in its row.
    private async Task<DeviceComparison?> CompareAsync(
        IServiceProvider services, TrackingBudget budget, SessionEventDescriptor signedIn, SessionBeginning? next)
    {
        DeviceComparison? found = null;
        var answered = await boundary.AskStoreAsync(budget.Half(), TrackingStep.CompareDevice, async token =>
            found = await services.GetRequiredService<IUserSessionStore>().CompareDeviceAsync(signedIn, next, token));
        return answered ? found : null;
    }
}
