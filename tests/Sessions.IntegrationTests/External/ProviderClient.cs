using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Sessions.Tests.Providers;

namespace Sessions.IntegrationTests.External;

/// <summary>How an app is told of the provider.</summary>
internal static class ProviderClient
{
    public static void Describe(this OpenIdProvider provider, OpenIdConnectOptions options)
    {
        options.Authority = provider.Address.ToString();
        options.RequireHttpsMetadata = false;
        options.ClientId = OpenIdProvider.ClientId;
        options.ClientSecret = OpenIdProvider.ClientSecret;
        options.ResponseType = "code";
        options.ResponseMode = "query";
        options.Scope.Add("email");
        options.MapInboundClaims = true;

        // Both are on loopback without TLS.
        foreach (var cookie in new[] { options.CorrelationCookie, options.NonceCookie })
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }
    }
}
