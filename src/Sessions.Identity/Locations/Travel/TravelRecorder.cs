using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Locations.Travel;

/// <summary>Adds to a sign-in how far it is from the user's previous one. What is not known in time stays blank.</summary>
internal sealed class TravelRecorder(TrackingBoundary boundary, IOptions<UserSessionOptions> options)
{
    public async Task<SessionEventDescriptor> AddAsync(IServiceProvider services, TrackingBudget budget, SessionEventDescriptor signedIn)
    {
        if (signedIn.UserId is not { } userId || TravelPoint.Of(signedIn) is not { } here)
        {
            return signedIn;
        }

        TravelPoint? previous = null;
        await boundary.AskStoreAsync(budget.Half(), TrackingStep.FillLocation, async token =>
            previous = await services.GetRequiredService<IUserSessionStore>().FindPreviousPlaceAsync(userId, here.At, token));
        var settings = options.Value;
        return previous is null
            ? signedIn
            : signedIn with { Travel = TravelHint.Between(previous, here, settings.Geolocation.ImpossibleTravelSpeed, settings.CoordinateDecimals) };
    }
}
