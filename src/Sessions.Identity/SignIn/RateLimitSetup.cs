using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Sessions.Identity.SignIn;

/// <summary>Hears of requests that the host's rate limiter refuses.</summary>
/// <remarks>A policy with an OnRejected of its own is not heard: ASP.NET Core then calls that one only.</remarks>
internal sealed class RateLimitSetup : IPostConfigureOptions<RateLimiterOptions>
{
    public void PostConfigure(string? name, RateLimiterOptions options)
    {
        var onRejected = options.OnRejected;
        options.OnRejected = async (context, cancellationToken) =>
        {
            await context.HttpContext.RequestServices.GetRequiredService<RateLimitRecorder>().RefusedAsync(context.HttpContext);
            if (onRejected is not null)
            {
                await onRejected(context, cancellationToken);
            }
        };
    }
}
