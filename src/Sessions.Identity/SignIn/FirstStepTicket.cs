using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.SignIn;

/// <summary>The ticket between the two steps of a two-factor sign-in carries how the first one was made: the second call doesn't know it.</summary>
internal sealed class FirstStepTicket(SignInFactsResolver resolver, TrackingBoundary boundary)
{
    public static bool IsOf(string? scheme) => scheme == IdentityConstants.TwoFactorUserIdScheme;

    public void Write(HttpContext context, AuthenticationProperties properties)
    {
        var request = SessionRequest.Of(context);
        boundary.Run(TrackingStep.RecordSignIn, () =>
        {
            request.FirstStep = resolver.Resolve(request, TrackedSchemes.Application, request.Attempt ?? new SignInAttempt());
            properties.SetFirstStep(request.FirstStep);
        });
    }

    public AuthenticateResult Read(HttpContext context, AuthenticateResult result)
    {
        if (result.Properties is { } properties)
        {
            boundary.Run(TrackingStep.RecordSignIn, () => SessionRequest.Of(context).FirstStep ??= properties.GetFirstStep());
        }

        return result;
    }
}
