using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.SignIn;

/// <summary>Writes that the host's rate limiter refused sign-ins: one event for a burst from an address, however many requests it has.</summary>
internal sealed class RateLimitRecorder(
    FailureRecorder failures,
    RequestDescriber describer,
    RecentBursts bursts,
    IOptionsMonitor<CookieAuthenticationOptions> cookies,
    TimeProvider time,
    TrackingBoundary boundary)
{
    public async Task RefusedAsync(HttpContext context)
    {
        string? burstKey = null;
        boundary.Run(TrackingStep.RecordFailure, () =>
        {
            if (IsSignIn(context) && bursts.Begins(describer.InfoOf(context)?.IpAddress ?? string.Empty, time.GetUtcNow()) is { } key)
            {
                burstKey = key;
            }
        });
        if (burstKey is not null)
        {
            await failures.FailedAsync(context, new SignInAttempt(), TrackedSchemes.Application, SignInFailureReason.RateLimited, burstKey);
        }
    }

    // The login page and its further steps, "LoginWith2fa" and the like, and an API's "/login".
    private bool IsSignIn(HttpContext context)
    {
        var path = context.Request.Path.Value ?? string.Empty;
        return HttpMethods.IsPost(context.Request.Method)
            && (path.StartsWith(cookies.Get(TrackedSchemes.Application).LoginPath.Value ?? "/Account/Login", StringComparison.OrdinalIgnoreCase)
                || path.EndsWith("/login", StringComparison.OrdinalIgnoreCase));
    }
}
