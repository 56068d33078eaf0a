using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.SignIn;

/// <summary>Compares the device of a sign-in with those that the user signed in from before.</summary>
internal sealed class KnownDevices(TrackingBoundary boundary)
{
    /// <summary>Flags the event of a sign-in from a device that is new to its user. Where that can't be told, it is not flagged.</summary>
    public async Task<SessionEventDescriptor> CompareAsync(IServiceProvider services, TrackingBudget budget, SessionEventDescriptor signedIn) =>
        signedIn with { IsNewDevice = await AskAsync(services, budget, DeviceQuestion.About(signedIn)) is { IsNew: true } };

    /// <summary>The same for a session that is written next; what it takes the place of is found by the way.</summary>
    /// <param name="services">The services of the request.</param>
    /// <param name="budget">Its budget.</param>
    /// <param name="next">The session.</param>
    /// <param name="early">What was asked already. It counts where it is still the same question.</param>
    public async Task<SessionBeginning> CompareAsync(IServiceProvider services, TrackingBudget budget, SessionBeginning next, EarlyComparison? early)
    {
        var question = DeviceQuestion.About(next);
        var found = early is not null && early.Question.AsksTheSameAs(question) ? early.Answer : await AskAsync(services, budget, question);
        return next with { SignedIn = next.SignedIn with { IsNewDevice = found is { IsNew: true } }, Earlier = found?.Earlier, HasRoom = found is { HasRoom: true } };
    }

    // On half of what is left: an answer that doesn't come must not cost the sign-in its row.
    private async Task<DeviceComparison?> AskAsync(IServiceProvider services, TrackingBudget budget, DeviceQuestion question)
    {
        DeviceComparison? found = null;
        var answered = await boundary.AskStoreAsync(budget.Half(), TrackingStep.CompareDevice, async token =>
            found = await services.GetRequiredService<IUserSessionStore>().CompareDeviceAsync(question, token));
        return answered ? found : null;
    }
}
