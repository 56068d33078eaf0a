using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sessions.Identity.Devices;
using Sessions.Identity.Locations;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.SignIn;

/// <summary>Describes a request: from what device, from where. A part that fails stays blank.</summary>
internal sealed class RequestDescriber(
    IOptions<UserSessionOptions> options, ClientAddressReader addresses, LocationFinder locations, TrackingBoundary boundary)
{
    private volatile UserAgentParser? _ownParser;

    public async Task<SessionOrigin> DescribeAsync(HttpContext context, string? deviceId)
    {
        var request = SessionRequest.Of(context);
        if (request.Attempt?.Early is { } early)
        {
            return early.Origin with { DeviceId = deviceId };
        }

        var budget = request.Budget.Half();
        var services = context.RequestServices;
        var snapshot = SnapshotOf(context);
        var device = await ParseAsync(services, budget, snapshot);
        var found = await LocateAsync(context, budget, snapshot);

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
            Device = device,
            Location = found.Location,
            PendingLocation = found.Pending,
        };
    }

    /// <summary>Tells only what type of device it is.</summary>
    public async Task<string> DeviceTypeOfAsync(HttpContext context) =>
        (await ParseAsync(context.RequestServices, SessionRequest.Of(context).Budget.Half(), SnapshotOf(context))).DeviceType;

    /// <summary>Takes only what the host's hooks get of the request.</summary>
    public SessionRequestInfo? InfoOf(HttpContext context) => SnapshotOf(context).Info;

    // The address stays where the rest can't be taken, and the rest where the address can't.
    private RequestSnapshot SnapshotOf(HttpContext context)
    {
        var address = addresses.Of(context);
        var snapshot = RequestSnapshot.Empty with { Address = address };
        boundary.Run(TrackingStep.DescribeRequest, () => snapshot = RequestSnapshot.Of(context, address));
        return snapshot;
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
        if (FindKnown(snapshot) is { } known)
        {
            return known;
        }

        await boundary.RunAsync(budget, TrackingStep.ParseDevice, _ =>
        {
            var parser = services.GetRequiredService<IUserAgentParser>();
            device = parser.Parse(snapshot.UserAgent, snapshot.Headers);
            _ownParser = parser as UserAgentParser;
            return Task.CompletedTask;
        });
        return device;
    }

    // What our own parser has read before needs no thread of its own.
    private DeviceInfo? FindKnown(RequestSnapshot snapshot)
    {
        DeviceInfo? known = null;
        boundary.Run(TrackingStep.ParseDevice, () => known = _ownParser?.FindKnown(snapshot.UserAgent, snapshot.Headers));
        return known;
    }

    private async Task<FoundLocation> LocateAsync(HttpContext context, TrackingBudget budget, RequestSnapshot snapshot)
    {
        IpLocation? told = null;
        if (options.Value.Geolocation.TrustCloudflareHeaders)
        {
            boundary.Run(TrackingStep.LocateAddress, () => told = CloudflareHeaders.PlaceOf(context.Request.Headers));
        }

        return await locations.FindAsync(budget, snapshot.Address, told);
    }
}
