using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.SignIn;

/// <summary>Hears of external logins that fail, or that the person cancels there, whatever OAuth or OpenID Connect handler the host added.</summary>
/// <remarks>Registered as an open generic: the container makes it for the options of remote handlers only.</remarks>
internal sealed class RemoteFailureSetup<TOptions> : IPostConfigureOptions<TOptions>
    where TOptions : RemoteAuthenticationOptions
{
    // Identity puts the user's id there when a signed-in person links a provider: that is no sign-in.
    private const string LinkingUser = "XsrfId";

    public void PostConfigure(string? name, TOptions options)
    {
        if (options.Events is not { } events)
        {
            return;
        }

        var onRemoteFailure = events.OnRemoteFailure;
        events.OnRemoteFailure = async context =>
        {
            await FailedAsync(context.HttpContext, context.Scheme.Name, context.Properties);
            await onRemoteFailure(context);
        };

        // With a page of the host's for people who turn back, that event comes instead; without one, both do.
        var onAccessDenied = events.OnAccessDenied;
        events.OnAccessDenied = async context =>
        {
            await FailedAsync(context.HttpContext, context.Scheme.Name, context.Properties);
            await onAccessDenied(context);
        };
    }

    private static async Task FailedAsync(HttpContext context, string scheme, AuthenticationProperties? properties)
    {
        var request = SessionRequest.Of(context);
        if (request.HasRemoteFailure || properties?.Items.ContainsKey(LinkingUser) == true)
        {
            return;
        }

        request.HasRemoteFailure = true;
        var attempt = new SignInAttempt { Method = SignInMethod.External, Provider = scheme };
        await context.RequestServices.GetRequiredService<FailureRecorder>()
            .FailedAsync(context, attempt, TrackedSchemes.Application, SignInFailureReason.ExternalFailed);
    }
}
