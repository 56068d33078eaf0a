using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Events;

/// <summary>Notices that failures against one identity became many: once for a burst, whatever number of nodes look at it.</summary>
internal sealed class RepeatedFailureWatch(IServiceScopeFactory scopes, TrackingBoundary boundary, IOptions<UserSessionOptions> options)
{
    /// <summary>Looks at a failure that was written.</summary>
    /// <returns>The crossing, or <see langword="null"/> if this failure crosses nothing or another one of its burst has.</returns>
    public async Task<FailureCrossing?> LookAsync(SessionEventInfo failed)
    {
        if (options.Value.RepeatedFailures is not { } limit || failed.Identity is not { } identity)
        {
            return null;
        }

        FailureCrossing? crossing = null;
        await boundary.AskStoreAsync(new TrackingBudget(options.Value.TrackingTimeout), TrackingStep.CountFailures, async token =>
        {
            await using var scope = scopes.CreateAsyncScope();
            var store = scope.ServiceProvider.GetRequiredService<IUserSessionStore>();
            if (await store.CrossesAsync(identity, failed.OccurredAt, limit, token))
            {
                crossing = new FailureCrossing(limit, await store.FindOwnerAsync(identity, token));
            }
        });
        return crossing;
    }
}

/// <summary>A threshold that was crossed, and whose identity it is.</summary>
internal sealed record FailureCrossing(RepeatedFailuresOptions Limit, string? OwnerId);
