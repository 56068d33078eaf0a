using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity.Events;
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Revocation;

/// <summary>Ends what a session took the place of where the session's own write could not see it: after that is committed, and apart from it.</summary>
internal sealed class SessionSuperseder(RequestDescriber describer, TrackingBoundary boundary, HookQueue hooks)
{
    /// <summary>Ends older sessions of the same person in the same browser, and the session whose cookie was overwritten.</summary>
    public async Task SupersedeAsync(HttpContext context, UserSessionDescriptor session, string? replacedKeyDigest)
    {
        var services = context.RequestServices;
        var info = describer.InfoOf(context);
        await boundary.AskStoreAsync(SessionRequest.Of(context).Budget, TrackingStep.EndSession, async token =>
        {
            foreach (var ended in await services.GetRequiredService<IUserSessionStore>().SupersedeAsync(session, replacedKeyDigest, token))
            {
                hooks.Publish(ended, info);
            }
        });
    }
}
