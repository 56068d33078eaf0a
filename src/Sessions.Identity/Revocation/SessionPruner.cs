using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity.Events;
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Revocation;

/// <summary>Keeps a user to the cap and to their limits when a session has begun: after that is committed, and apart from it. A cap that can't be kept loses no sign-in.</summary>
internal sealed class SessionPruner(RequestDescriber describer, TrackingBoundary boundary, HookQueue hooks, TimeProvider time)
{
    /// <summary>Ends the user's oldest sessions over their limits and the cap.</summary>
    /// <returns>Their events; none if the store gave no answer; then the sweep makes up for the cap, and the next sign-in for the limits.</returns>
    public async Task<IReadOnlyList<SessionEventInfo>> PruneAsync(HttpContext context, string userId, SignInLimits limits)
    {
        IReadOnlyList<SessionEventInfo> pruned = [];
        var services = context.RequestServices;
        var info = describer.InfoOf(context);
        await boundary.AskStoreAsync(SessionRequest.Of(context).Budget, TrackingStep.PruneSessions, async token =>
        {
            pruned = await services.GetRequiredService<IUserSessionStore>().PruneAsync(userId, limits, time.GetUtcNow(), token);
            foreach (var ended in pruned)
            {
                hooks.Publish(ended, info);
            }
        });
        return pruned;
    }
}
