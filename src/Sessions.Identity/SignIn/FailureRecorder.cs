using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sessions.Identity.Events;
using Sessions.Identity.Locations;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.SignIn;

/// <summary>Writes a failed attempt to the trail: the identity as typed and the reason, never linked to an account.</summary>
internal sealed class FailureRecorder(
    RequestDescriber describer,
    DeviceCookie deviceCookie,
    SignInFactsResolver resolver,
    LocationFiller filler,
    TrackingBoundary boundary,
    HookQueue hooks,
    IOptions<UserSessionOptions> options,
    SessionsState state,
    TimeProvider time)
{
    /// <summary>Writes the attempt.</summary>
    /// <returns>Whether it was written.</returns>
    public async Task<bool> FailedAsync(HttpContext context, SignInAttempt attempt, string scheme, string reason, string? burstKey = null)
    {
        var request = SessionRequest.Of(context);
        if (!options.Value.TrackFailedSignIns || !state.IsEnabled || request.IsSkipped)
        {
            return false;
        }

        var deviceId = deviceCookie.Read(context);
        var facts = SignInFacts.Unknown;
        boundary.Run(TrackingStep.RecordFailure, () => facts = resolver.Resolve(request, scheme, attempt));
        var now = time.GetUtcNow();
        var failed = new SessionEventDescriptor
        {
            Id = Guid.CreateVersion7(now),
            Kind = SessionEventKind.SignInFailed,
            Scheme = scheme,
            Identity = TypedIdentity.Normalize(attempt.Identity),
            Origin = await describer.DescribeAsync(context, deviceId),
            SignIn = facts,
            FailureReason = reason,
            BurstKey = burstKey,
            OccurredAt = now,
        };

        var services = context.RequestServices;
        var written = await boundary.AskStoreAsync(
            request.Budget,
            TrackingStep.RecordFailure,
            token => services.GetRequiredService<IUserSessionStore>().RecordAsync(failed, token));
        if (written)
        {
            hooks.Publish(failed);
            filler.Follow(services.GetRequiredService<IUserSessionStore>(), failed.Origin, sessionId: null, failed);
        }

        return written;
    }
}
