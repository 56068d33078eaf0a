using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Validation;

/// <summary>Lets the requests pass that were in flight when the same person signed in again in the same browser.</summary>
internal sealed class SupersededGrace(AccountCheck account, TrackingBoundary boundary, TimeProvider time)
{
    /// <summary>Whether a session ended so short a time ago that its browser may still be about to hear of it.</summary>
    public bool Covers(SessionRecord session) => session.EndedAt is { } endedAt && time.GetUtcNow() - endedAt < SessionExpiry.SupersededGrace;

    /// <summary>Looks whether the browser of a superseded session is still signed in by the session that took its place.</summary>
    /// <returns>
    /// Whether the store answered, and the superseded session with what its browser's sign-in is valid for now, or <see langword="null"/> if
    /// that is over.
    /// </returns>
    public async Task<(bool IsAnswered, SessionRecord? Passing)> FindAsync(HttpContext context, SessionRecord superseded)
    {
        if (superseded.DeviceId is null)
        {
            return (true, null);
        }

        SessionRecord? successor = null;
        var services = context.RequestServices;
        var isAnswered = await boundary.AskStoreAsync(
            SessionRequest.Of(context).Budget,
            TrackingStep.CheckSession,
            async token => successor = await services.GetRequiredService<IUserSessionStore>().FindSuccessorAsync(superseded, token));
        return (isAnswered, successor is null ? null : Passing(superseded, successor));
    }

    // One browser, whichever of its two sessions has changed the account: what the one is valid for the other is too.
    private SessionRecord? Passing(SessionRecord superseded, SessionRecord successor)
    {
        var now = superseded with { SecurityStamp = successor.SecurityStamp, IsLockoutEnabled = successor.IsLockoutEnabled, LockoutEnd = successor.LockoutEnd };
        var passing = new[] { now with { StampDigest = successor.StampDigest }, now }.Where(session => account.EndReasonOf(session) is null).ToList();
        return passing.Find(session => !AccountCheck.HasChangedStamp(session)) ?? passing.FirstOrDefault();
    }
}
