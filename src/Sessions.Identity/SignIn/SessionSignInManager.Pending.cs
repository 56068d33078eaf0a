using Microsoft.AspNetCore.Authentication;
using Sessions.Identity.Limits;
using Sessions.Identity.SignIn;

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

        var stamp = UserManager.SupportsUserSecurityStamp ? await UserManager.GetSecurityStampAsync(user) : null;
        return SecretDigest.OfOrNull(stamp) == choice.StampDigest ? user : null;
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
