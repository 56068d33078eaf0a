using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Sessions.Identity.Access;

/// <summary>Answers the requirement from what the request's one look-up has brought.</summary>
internal sealed class ConfirmedAccessHandler(AccessConfirmation access, IHttpContextAccessor contexts) : AuthorizationHandler<ConfirmedAccessRequirement>
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ConfirmedAccessRequirement requirement)
    {
        if ((context.Resource as HttpContext ?? contexts.HttpContext) is { } http && access.IsConfirmed(http, context.User, requirement.MaxAge))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
