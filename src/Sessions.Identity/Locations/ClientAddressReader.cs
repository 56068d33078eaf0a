using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Locations;

/// <summary>Finds a request's client address. A resolver of the host's that fails costs the address, and nothing else.</summary>
internal sealed class ClientAddressReader(IOptions<UserSessionOptions> options, TrackingBoundary boundary)
{
    public IPAddress? Of(HttpContext context)
    {
        IPAddress? address = null;
        boundary.Run(TrackingStep.DescribeRequest, () =>
        {
            var client = options.Value.IpAddressResolver is { } resolve ? resolve(context) : context.Connection.RemoteIpAddress;
            address = ClientAddress.Normalize(client, options.Value.IpAddressMode);
        });
        return address;
    }
}
