using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.SignIn;

/// <summary>Asks about a device while its user's password is hashed, which takes longer: a sign-in then need not wait for the answer.</summary>
internal sealed class EarlyComparer(
    DeviceCookie deviceCookie,
    RequestDescriber describer,
    TrackingBoundary boundary,
    TrackingCircuit circuit,
    IOptions<UserSessionOptions> options,
    SessionsState state,
    TimeProvider time)
{
    /// <summary>Begins to ask, where that shares nothing with the request's own work, which goes on meanwhile.</summary>
    /// <returns>What is asked, or <see langword="null"/> where it has to wait for its turn.</returns>
    public async Task<EarlyComparison?> BeginAsync(HttpContext context, string scheme, string userId)
    {
        if (!IsWanted(context, scheme) || StoreToAsk(context.RequestServices) is not { } store)
        {
            return null;
        }

        var request = SessionRequest.Of(context);
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

        // No limit of time yet: where no other thread is free it has its turn only after the hash, which is not its fault.
        var limit = new CancellationTokenSource();
        var running = Task.Run(() => store.CompareDeviceAsync(question, limit.Token), CancellationToken.None);
        return new EarlyComparison(question, origin, running, limit, request, boundary);
    }

    // Whoever keeps no failures wants nothing to be asked about them.
    private bool IsWanted(HttpContext context, string scheme) =>
        state.IsEnabled && options.Value.TrackFailedSignIns && TrackedSchemes.IsTracked(scheme) && !SessionRequest.Of(context).IsSkipped && circuit.IsClosed;

    private IUserSessionStore? StoreToAsk(IServiceProvider services)
    {
        IUserSessionStore? found = null;
        boundary.Run(TrackingStep.CompareDevice, () =>
        {
            var store = services.GetRequiredService<IUserSessionStore>();
            found = store.AsksNothingOfItsScope && !store.HostHoldsTransaction() ? store : null;
        });
        return found;
    }
}
