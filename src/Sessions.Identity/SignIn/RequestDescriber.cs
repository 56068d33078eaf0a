using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sessions.Identity.Devices;
using Sessions.Identity.Locations;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.SignIn;

/// <summary>Describes a request: from what device, from where. A part that fails stays blank.</summary>
internal sealed class RequestDescriber(IOptions<UserSessionOptions> options, TrackingBoundary boundary)
{
    public async Task<SessionOrigin> DescribeAsync(HttpContext context, string? deviceId)
    {
        var budget = SessionRequest.Of(context).Budget.Half();
        var services = context.RequestServices;
        var snapshot = RequestSnapshot.Empty;
        boundary.Run(TrackingStep.DescribeRequest, () => snapshot = RequestSnapshot.Of(context, options.Value));

        return new SessionOrigin
        {
            DeviceId = deviceId,
            IpAddress = snapshot.Address?.ToString(),
            IpAddressBytes = ClientAddress.Bytes(snapshot.Address),
            UserAgent = snapshot.UserAgent,
            ClientHints = HintsOf(snapshot),
            TraceId = snapshot.TraceId,
            Endpoint = snapshot.Endpoint,
            Request = snapshot.Info,
            Device = await ParseAsync(services, budget, snapshot),
            Location = await LocateAsync(services, budget, snapshot),
        };
    }

    /// <summary>Takes only what the host's hooks get of the request.</summary>
    public SessionRequestInfo? InfoOf(HttpContext context)
    {
        SessionRequestInfo? info = null;
        boundary.Run(TrackingStep.DescribeRequest, () => info = RequestSnapshot.Of(context, options.Value).Info);
        return info;
    }

    private string? HintsOf(RequestSnapshot snapshot)
    {
        string? hints = null;
        boundary.Run(TrackingStep.DescribeRequest, () => hints = ClientHintHeaders.ToJson(snapshot.Headers));
        return hints;
    }

    private async Task<DeviceInfo> ParseAsync(IServiceProvider services, TrackingBudget budget, RequestSnapshot snapshot)
    {
        var device = DeviceInfo.Unknown;
        await boundary.RunAsync(budget, TrackingStep.ParseDevice, _ =>
        {
            device = services.GetRequiredService<IUserAgentParser>().Parse(snapshot.UserAgent, snapshot.Headers);
            return Task.CompletedTask;
        });
        return device;
    }

    private async Task<IpLocation?> LocateAsync(IServiceProvider services, TrackingBudget budget, RequestSnapshot snapshot)
    {
        IpLocation? location = null;
        if (snapshot.Address is { } address)
        {
            // Making it is the host's own code too: it may open a file that is not there.
            await boundary.RunAsync(budget, TrackingStep.LocateAddress, async token =>
                location = services.GetService<IIpGeolocator>() is { } geolocator ? await geolocator.LocateAsync(address, token) : null);
        }

        return Rounded(location);
    }

    private IpLocation? Rounded(IpLocation? location) => location is null ? null : location with
    {
        Latitude = Round(location.Latitude),
        Longitude = Round(location.Longitude),
    };

    private double? Round(double? degrees) => degrees is { } value ? Math.Round(value, options.Value.CoordinateDecimals) : null;
}
