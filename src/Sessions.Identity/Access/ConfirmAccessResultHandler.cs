using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Sessions.Identity.Tracking;
using Sessions.Identity.Validation;

namespace Sessions.Identity.Access;

/// <summary>Sends a person who lacks nothing but a confirmation to enter their credentials. Every other answer is the app's own.</summary>
internal sealed class ConfirmAccessResultHandler(IAuthorizationMiddlewareResultHandler inner, AccessConfirmation access) : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (LacksOnlyConfirmation(authorizeResult) && HasTicket(context) && ShowsPages(context.Request) && access.AddressFor(context) is { } address)
        {
            context.Response.Redirect(address);
            return Task.CompletedTask;
        }

        return inner.HandleAsync(next, context, policy, authorizeResult);
    }

    // Who came by a token has no page to go to.
    private static bool HasTicket(HttpContext context) => SessionRequest.Of(context).Ticket is not null;

    // Blazor's enhanced navigation fetches pages by script, and follows a redirect as the browser would.
    private static bool ShowsPages(HttpRequest request) =>
        SessionNamer.IsDocument(request) || request.Headers.Accept.ToString().Contains("blazor-enhanced-nav=on", StringComparison.Ordinal);

    private static bool LacksOnlyConfirmation(PolicyAuthorizationResult result) =>
        result is { Forbidden: true, AuthorizationFailure: { FailCalled: false } failure }
        && failure.FailedRequirements.Any()
        && failure.FailedRequirements.All(requirement => requirement is ConfirmedAccessRequirement);
}
