using System.Net;
using Microsoft.AspNetCore.Http;

namespace Sessions.Identity.Locations;

/// <summary>The client's address by a header, on connections from known networks only.</summary>
internal sealed class HeaderAddress(string header, IPNetwork[] knownNetworks)
{
    public IPAddress? Of(HttpContext context)
    {
        var peer = ClientAddress.Normalize(context.Connection.RemoteIpAddress, IpAddressMode.Full);
        return peer is not null && IsKnown(peer) && context.Request.Headers[header] is { Count: 1 } told ? ClientAddress.Parse(told[0]) ?? peer : peer;
    }

    private bool IsKnown(IPAddress peer) => Array.Exists(knownNetworks, network => network.Contains(peer));
}
