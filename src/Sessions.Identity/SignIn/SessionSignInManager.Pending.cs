using Microsoft.AspNetCore.Authentication;
using Sessions.Identity.Limits;
using Sessions.Identity.SignIn;
using Sessions.Identity.Tracking;

namespace Sessions.Identity;

/// <content>This part: a sign-in that waited for its person's choice, at the limit of their devices.</content>
public partial class SessionSignInManager<TUser>
{
    /// <summary>Finds who waits, if they may still sign in.</summary>
    internal async Task<TUser?> FindPendingUserAsync(PendingChoice choice)
    {
        if (await UserManager.FindByIdAsync(choice.UserId) is not { } user || await PreSignInCheck(user) is not null)
        {
            return null;
        }

        return await StampDigestOfAsync(user) == choice.StampDigest ? user : null;
    }

    // Identity throws for a user without one, whom a host may have.
    private async Task<string?> StampDigestOfAsync(TUser user)
    {
        string? digest = null;
        await Boundary.RunHereAsync(TrackingStep.CheckLimit, async () =>
            digest = UserManager.SupportsUserSecurityStamp ? SecretDigest.Of(await UserManager.GetSecurityStampAsync(user)) : null);
        return digest;
    }

    /// <summary>Goes on where the first attempt stopped. What a host's own manager does around it was done then: it is not done twice.</summary>
    internal async Task ResumeAsync(TUser user, PendingChoice choice)
    {
        using (Begin(new SignInAttempt { Resumed = choice.SignIn }))
        {
            await base.SignInWithClaimsAsync(user, new AuthenticationProperties(choice.Properties), choice.Claims.Select(claim => claim.ToClaim()));
        }
    }
}
