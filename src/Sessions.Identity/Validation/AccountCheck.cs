using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sessions.Identity.Events;
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Validation;

/// <summary>Ends a session whose account no longer stands as it did: its stamp changed, or an administrator locked it.</summary>
internal sealed class AccountCheck(
    RequestDescriber describer,
    TrackingBoundary boundary,
    HookQueue hooks,
    IOptions<UserSessionOptions> options,
    IOptions<IdentityOptions> identity,
    TimeProvider time)
{
    // Nodes set lockouts by their own clocks.
    private static readonly TimeSpan _skew = TimeSpan.FromMinutes(1);

    /// <summary>Whether the look-up shows that the session must end.</summary>
    /// <returns>The reason, or <see langword="null"/>.</returns>
    public string? EndReasonOf(SessionRecord session) =>
        IsLockedByDecision(session) ? SessionEndReason.UserLockedOut
        : options.Value.RevokeOnSecurityStampChange && HasChangedStamp(session) ? SessionEndReason.SecurityStampChanged
        : null;

    /// <summary>Ends the session, durably, before its request is refused.</summary>
    /// <returns>What became of it, or <see langword="null"/> if the store gave no answer.</returns>
    public async Task<EndAttempt?> EndAsync(HttpContext context, SessionRecord session, string reason)
    {
        EndAttempt? attempt = null;
        var end = new SessionEnd { Reason = reason, At = time.GetUtcNow() };
        var services = context.RequestServices;
        var info = describer.InfoOf(context);
        await boundary.AskStoreAsync(SessionRequest.Of(context).Budget, TrackingStep.EndSession, async token =>
        {
            // What follows from the write belongs to it: it may come through after the request has given it up.
            var made = await services.GetRequiredService<IUserSessionStore>().EndIfStampedAsync(session, end, token);
            if (made.Ended is { } ended)
            {
                hooks.Publish(ended, info);
            }

            attempt = made;
        });
        return attempt;
    }

    /// <summary>Whether the stamp is another one than the session was last valid for.</summary>
    public static bool HasChangedStamp(SessionRecord session) =>
        session is { StampDigest: { } digest, SecurityStamp: { } stamp } && SecretDigest.Of(stamp) != digest;

    // A lockout by failed attempts is never further away than its own length. Else anybody could sign a person out with wrong passwords.
    private bool IsLockedByDecision(SessionRecord session) =>
        session is { IsLockoutEnabled: true, LockoutEnd: { } until } && until - time.GetUtcNow() - _skew > identity.Value.Lockout.DefaultLockoutTimeSpan;
}
