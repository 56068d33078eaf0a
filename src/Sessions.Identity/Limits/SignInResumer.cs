using Microsoft.AspNetCore.Identity;

namespace Sessions.Identity.Limits;

/// <summary>By the manager that held it, or one like it.</summary>
internal sealed class SignInResumer<TUser>(SignInManager<TUser> signIn) : ISignInResumer
    where TUser : class
{
    public async Task<bool> IsValidAsync(PendingChoice choice) => signIn is SessionSignInManager<TUser> manager && await manager.FindPendingUserAsync(choice) is not null;

    public async Task<bool> SignInAsync(PendingChoice choice)
    {
        if (signIn is not SessionSignInManager<TUser> manager || await manager.FindPendingUserAsync(choice) is not { } user)
        {
            return false;
        }

        await manager.ResumeAsync(user, choice);
        return true;
    }
}
