using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.Identity.Validation;

/// <summary>Gives a ticket the principal of its user as the user is now, where the session itself has changed the stamp.</summary>
internal interface IPrincipalRefresher
{
    Task<ClaimsPrincipal?> CreateAsync(IServiceProvider services, string userId);
}

/// <summary>Makes the principal as Identity does.</summary>
internal sealed class PrincipalRefresher<TUser> : IPrincipalRefresher
    where TUser : class
{
    public async Task<ClaimsPrincipal?> CreateAsync(IServiceProvider services, string userId)
    {
        var manager = services.GetRequiredService<SignInManager<TUser>>();
        return await manager.UserManager.FindByIdAsync(userId) is { } user ? await manager.CreateUserPrincipalAsync(user) : null;
    }
}
