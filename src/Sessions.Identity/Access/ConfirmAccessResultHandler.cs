using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Sessions.Identity.Validation;

namespace Sessions.Identity.Access;

/// <summary>Sends a person who lacks nothing but a confirmation to enter their credentials. Every other answer is the app's own.</summary>
internal sealed class ConfirmAccessResultHandler(IAuthorizationMiddlewareResultHandler inner, AccessConfirmation access) : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (LacksOnlyConfirmation(authorizeResult) && SessionNamer.IsDocument(context.Request) && access.AddressFor(context) is { } address)
        {
            context.Response.Redirect(address);
            return Task.CompletedTask;
        }

        return inner.HandleAsync(next, context, policy, authorizeResult);
    }

    private static bool LacksOnlyConfirmation(PolicyAuthorizationResult result) =>
        result is { Forbidden: true, AuthorizationFailure: { FailCalled: false } failure }
        && failure.FailedRequirements.Any()
        && failure.FailedRequirements.All(requirement => requirement is ConfirmedAccessRequirement);
}
