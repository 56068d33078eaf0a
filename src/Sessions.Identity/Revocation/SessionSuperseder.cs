using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity.Events;
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Revocation;

/// <summary>Ends what a session took the place of where the session's own write could not see it: after that is committed, and apart from it.</summary>
internal sealed class SessionSuperseder(RequestDescriber describer, TrackingBoundary boundary, HookQueue hooks, TimeProvider time)
{
    /// <summary>Ends older sessions of the same person in the same browser, the session whose cookie was overwritten, and those that were chosen for it.</summary>
    public async Task SupersedeAsync(HttpContext context, UserSessionDescriptor session, string? replacedKeyDigest, IReadOnlyList<Guid> chosen)
    {
        var services = context.RequestServices;
        var info = describer.InfoOf(context);
        await boundary.AskStoreAsync(SessionRequest.Of(context).Budget, TrackingStep.EndSession, async token =>
        {
            var store = services.GetRequiredService<IUserSessionStore>();
            foreach (var ended in await store.SupersedeAsync(session, replacedKeyDigest, token))
            {
                hooks.Publish(ended, info);
            }

            var end = new SessionEnd { Reason = SessionEndReason.LimitReached, At = time.GetUtcNow() };
            foreach (var id in chosen)
            {
                if (await store.EndAsync(session.UserId, id, end, token) is { } ended)
                {
                    hooks.Publish(ended, info);
                }
            }
        });
    }
}
