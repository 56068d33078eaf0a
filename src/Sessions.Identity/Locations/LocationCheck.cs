using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Identity.Diagnostics;

namespace Sessions.Identity.Locations;

/// <summary>Warns at start where headers of a CDN are believed from everybody, and settles on the app's language before requests bring theirs.</summary>
internal sealed class LocationCheck(
    IOptions<UserSessionOptions> options, IOptions<ForwardedHeadersOptions> forwarded, PlaceLanguage language, ILogger<LocationCheck> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = language.Locales;
        if (TrustedBy() is { } option)
        {
            logger.CdnWithoutKnownNetworks(option);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The option by which a CDN's header is believed though no network of it is known, or null.</summary>
    private string? TrustedBy()
    {
        var settings = forwarded.Value;
        if (settings.ForwardedHeaders.HasFlag(ForwardedHeaders.XForwardedFor)
            && settings.ForwardedForHeaderName != ForwardedHeadersDefaults.XForwardedForHeaderName
            && settings.KnownIPNetworks.Count == 0 && settings.KnownProxies.Count == 0)
        {
            return $"{nameof(ForwardedHeadersOptions)}.{nameof(settings.ForwardedForHeaderName)}";
        }

        if (KnowsNetworks(settings))
        {
            return null;
        }

        return options.Value.Geolocation.TrustCloudflareHeaders ? "UserSessionOptions.Geolocation.TrustCloudflareHeaders"
            : options.Value.IpAddressResolver is { Target: not HeaderAddress } ? "UserSessionOptions.IpAddressResolver"
            : null;
    }

    // The defaults know this machine only, which no CDN connects from.
    private static bool KnowsNetworks(ForwardedHeadersOptions settings) =>
        settings.KnownProxies.Any(proxy => !IPAddress.IsLoopback(proxy)) || settings.KnownIPNetworks.Any(network => !IPAddress.IsLoopback(network.BaseAddress));
}
