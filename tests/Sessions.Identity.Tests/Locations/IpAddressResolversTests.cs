using System.Net;
using Microsoft.AspNetCore.Http;

namespace Sessions.Identity.Tests.Locations;

public sealed class IpAddressResolversTests
{
    private static readonly Func<HttpContext, IPAddress?> _resolve = IpAddressResolvers.FromHeader("CF-Connecting-IP", IPNetwork.Parse("173.245.48.0/20"));

    [Theory]
    [InlineData("173.245.48.9", "81.2.69.160", "81.2.69.160")]
    [InlineData("::ffff:173.245.48.9", "2a02:d080::1", "2a02:d080::1")]
    [InlineData("173.245.48.9", "[2a02:d080::1]:443", "2a02:d080::1")]
    public void The_header_is_believed_on_connections_from_a_known_network(string peer, string header, string client) =>
        Assert.Equal(client, Resolve(peer, header)!.ToString());

    [Theory]
    [InlineData("198.51.100.1", "81.2.69.160")]
    [InlineData("173.245.48.9", "nonsense")]
    [InlineData("173.245.48.9", null)]
    public void Otherwise_it_is_the_connections_own_address(string peer, string? header) => Assert.Equal(peer, Resolve(peer, header)!.ToString());

    [Fact]
    public void A_connection_without_an_address_is_not_believed() => Assert.Null(Resolve(peer: null, "81.2.69.160"));

    [Fact]
    public void Nobody_can_be_asked_to_believe_everybody() => Assert.Throws<ArgumentException>(() => IpAddressResolvers.FromHeader("CF-Connecting-IP"));

    private static IPAddress? Resolve(string? peer, string? header)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = peer is null ? null : IPAddress.Parse(peer);
        context.Request.Headers["CF-Connecting-IP"] = header;
        return _resolve(context);
    }
}
