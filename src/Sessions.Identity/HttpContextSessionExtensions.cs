using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Microsoft.AspNetCore.Http;

/// <summary>The session of a request.</summary>
public static class HttpContextSessionExtensions
{
    /// <summary>Finds the session that the request belongs to.</summary>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The session, or <see langword="null"/> if the request has none: nobody is signed in, or tracking is down.</returns>
    public static async Task<UserSessionInfo?> GetCurrentSessionAsync(this HttpContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var request = SessionRequest.Of(context);
        if (request.Ticket is not { IsRefused: false, Session: { } session })
        {
            return null;
        }

        UserSessionInfo? found = null;
        var services = context.RequestServices;
        await services.GetRequiredService<TrackingBoundary>().AskStoreAsync(request.Budget, TrackingStep.ReadSessions, async token =>
            found = await services.GetRequiredService<IUserSessionStore>().FindAsync(session.UserId, session.Id, token));
        return found is null ? null : found with { IsCurrent = true, IsActiveNow = found.EndedAt is null };
    }
}
