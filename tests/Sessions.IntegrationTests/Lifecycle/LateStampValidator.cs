using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Sessions.IntegrationTests.Lifecycle;

/// <summary>Identity's own validator, before which something happens.</summary>
internal sealed class LateStampValidator(IServiceProvider services, Func<Task> before) : ISecurityStampValidator
{
    public async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        await before();
        await new SecurityStampValidator<IdentityUser>(
            services.GetRequiredService<IOptions<SecurityStampValidatorOptions>>(),
            services.GetRequiredService<SignInManager<IdentityUser>>(),
            services.GetRequiredService<ILoggerFactory>()).ValidateAsync(context);
    }
}
