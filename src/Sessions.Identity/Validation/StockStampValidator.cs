using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Sessions.Identity.Validation;

/// <summary>The security-stamp validator that the app would have without Sessions: Identity's own, or the host's.</summary>
internal sealed class StockStampValidator(bool isIdentitysOwn, IOptions<SecurityStampValidatorOptions> options)
{
    public Task ValidateAsync(CookieValidatePrincipalContext context) =>
        isIdentitysOwn && !IsDue(context)
            ? Task.CompletedTask
            : StockService.Of<ISecurityStampValidator>(context.HttpContext.RequestServices).ValidateAsync(context);

    // Identity's own does nothing between its intervals, but making it makes a sign-in manager, a user manager, a store and a context.
    private bool IsDue(CookieValidatePrincipalContext context)
    {
        var now = (options.Value.TimeProvider ?? TimeProvider.System).GetUtcNow();
        return context.Properties.IssuedUtc is not { } issued || now - issued > options.Value.ValidationInterval;
    }
}
