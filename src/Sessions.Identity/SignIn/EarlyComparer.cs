using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.SignIn;

/// <summary>Asks about a device while its user's password is hashed, which takes longer: a sign-in then need not wait for the answer.</summary>
internal sealed class EarlyComparer(
    DeviceCookie deviceCookie, RequestDescriber describer, KnownDevices knownDevices, TrackingBoundary boundary, SessionsState state, TimeProvider time)
{
    /// <summary>Begins to ask, where the answer uses nothing that belongs to the request: the request goes on meanwhile.</summary>
    /// <returns>What is asked, or <see langword="null"/> where it has to wait for its turn.</returns>
    public async Task<EarlyComparison?> BeginAsync(HttpContext context, string scheme, string userId)
    {
        var request = SessionRequest.Of(context);
        if (!state.IsEnabled || request.IsSkipped || !TrackedSchemes.IsTracked(scheme) || !await CanAskMeanwhileAsync(context.RequestServices))
        {
            return null;
        }

        var origin = await describer.DescribeAsync(context, deviceCookie.Read(context));
        var question = new DeviceQuestion
        {
            UserId = userId,
            DeviceId = origin.DeviceId,
            Device = origin.Device,
            CountryCode = origin.Location?.CountryCode,
            At = time.GetUtcNow(),
            BeginsSession = true,
            Replaced = request.LiveSession?.Id,
        };
        return new EarlyComparison(question, origin, knownDevices.AskAsync(context.RequestServices, request.Budget, question));
    }

    private async Task<bool> CanAskMeanwhileAsync(IServiceProvider services)
    {
        var can = false;
        await boundary.RunHereAsync(TrackingStep.CompareDevice, async () =>
        {
            var store = services.GetRequiredService<IUserSessionStore>();
            can = !store.HostHoldsTransaction() && await store.AsksNothingOfItsScopeAsync();
        });
        return can;
    }
}
