using System.Net;
using Sessions.Identity.Locations;

namespace Sessions.Identity.Tests.Locations;

public sealed class IpNetworksTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7", "203.0.113.7", "203.0.113.7")]
    [InlineData(" 203.0.113.7/24 ", "203.0.113.0/24", "203.0.113.0", "203.0.113.255")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7", "203.0.113.7", "203.0.113.7")]
    [InlineData("10.1.2.3/9", "10.0.0.0/9", "10.0.0.0", "10.127.255.255")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0", "0.0.0.0", "255.255.255.255")]
    [InlineData("2001:db8::1/61", "2001:db8::/61", "2001:db8::", "2001:db8:0:7:ffff:ffff:ffff:ffff")]
    [InlineData("2001:db8::1", "2001:db8::1", "2001:db8::1", "2001:db8::1")]
    public void A_network_is_read_and_its_first_and_last_address_are_known(string written, string text, string first, string last)
    {
        var network = IpNetworks.Parse(written)!.Value;
        var bounds = IpNetworks.Bounds(network);

        Assert.Equal(text, IpNetworks.Text(network));
        Assert.Equal(ClientAddress.Bytes(IPAddress.Parse(first)), bounds.First);
        Assert.Equal(ClientAddress.Bytes(IPAddress.Parse(last)), bounds.Last);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("ada@example.com")]
    [InlineData("203.0.113.7/33")]
    [InlineData("203.0.113.7/-1")]
    [InlineData("203.0.113.7/")]
    [InlineData("/24")]
    [InlineData("'; DROP TABLE")]
    public void What_is_none_is_none(string? written) => Assert.Null(IpNetworks.Parse(written));

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.0/24")]
    [InlineData("203.0.0.0/16", "203.0.0.0/16")]
    [InlineData("2001:db8:1:2::3", "2001:db8:1::/48")]
    public void With_cut_addresses_one_stands_for_its_whole_network(string written, string kept) =>
        Assert.Equal(kept, IpNetworks.Text(IpNetworks.Kept(IpNetworks.Parse(written)!.Value, IpAddressMode.Truncated)));
}
