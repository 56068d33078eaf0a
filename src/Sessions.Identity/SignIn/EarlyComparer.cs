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

        var origin = await describer.DescribeAsync(context, deviceCookie.Read(context));
        var question = new DeviceQuestion
        {
            UserId = userId,
            DeviceId = origin.DeviceId,
            Device = origin.Device,
            CountryCode = origin.Location?.CountryCode,
            At = time.GetUtcNow(),
            BeginsSession = true,
            Replaced = SessionRequest.Of(context).LiveSession?.Id,
        };

        // No limit of time yet: where no other thread is free it has its turn only after the hash, which is not its fault.
        var limit = new CancellationTokenSource();
        return new EarlyComparison(question, origin, Task.Run(() => store.CompareDeviceAsync(question, limit.Token), CancellationToken.None), limit);
    }

    /// <summary>Waits for the answer, on half of what is left of the request's budget: nothing of it goes on beside what follows.</summary>
    public async Task EndAsync(HttpContext context, EarlyComparison early)
    {
        DeviceComparison? found = null;
        var answered = await boundary.AskStoreAsync(
            SessionRequest.Of(context).Budget.Half(), TrackingStep.CompareDevice, async _ => found = await early.Running, inPlace: true);
        if (answered)
        {
            early.Answer = found;
        }
        else
        {
            early.Abandon();
        }
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
