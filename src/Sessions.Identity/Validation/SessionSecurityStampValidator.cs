using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sessions.Identity.SignIn;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Validation;

/// <summary>Checks the session at every request, where Identity checks the security stamp at every interval, and then lets Identity do so.</summary>
/// <remarks>Where a host's cookie events don't lead here, <see cref="SessionAuthenticationService"/> makes the same check.</remarks>
internal sealed class SessionSecurityStampValidator(
    SessionValidator validator, StockStampValidator stock, OwnStampChange ownChange, SessionsState state) : ISecurityStampValidator
{
    public async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        if (!state.IsEnabled || !TrackedSchemes.IsTracked(context.Scheme.Name) || context.Principal is not { } principal)
        {
            await stock.ValidateAsync(context);
            return;
        }

        var ticket = await validator.CheckAsync(context.HttpContext, context.Scheme.Name, principal, context.Properties);
        if (ticket.IsRefused || validator.FailsClosed(ticket))
        {
            // This scheme's ticket only: no sign-out event, no other scheme.
            context.RejectPrincipal();
            return;
        }

        if (ownChange.IsBehind(ticket, principal))
        {
            await ownChange.RefreshAsync(context, ticket, principal);
        }

        await stock.ValidateAsync(context);
        if (context.Principal is null && SessionRequest.Of(context.HttpContext) is { HasMovedStamp: true } request)
        {
            // Answered by this: another sign-out in this request is not about the stamp.
            request.HasMovedStamp = false;
            await ownChange.RefreshAsync(context, ticket, principal);
        }
    }
}
