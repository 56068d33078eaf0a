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
    [InlineData("10.1.2.3/4", "0.0.0.0/4", "0.0.0.0", "15.255.255.255")]
    [InlineData("::ffff:203.0.113.7/120", "203.0.113.0/24", "203.0.113.0", "203.0.113.255")]
    [InlineData("::1/48", "::/48", "::", "::ffff:ffff:ffff:ffff:ffff")]
    [InlineData("0.0.0.0/32", "0.0.0.0/32", "0.0.0.0", "0.0.0.0")]
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
    [InlineData("::1", "::/48")]
    [InlineData("::ffff:203.0.113.0/120", "203.0.113.0/24")]
    public void With_cut_addresses_one_stands_for_its_whole_network(string written, string kept) =>
        Assert.Equal(kept, IpNetworks.Text(IpNetworks.Kept(IpNetworks.Parse(written)!.Value, IpAddressMode.Truncated)));

    [Fact]
    public void A_network_that_code_gives_mapped_into_IPv6_is_that_of_IPv4() =>
        Assert.Equal(IPNetwork.Parse("203.0.113.0/24"), IpNetworks.Kept(IPNetwork.Parse("::ffff:203.0.113.0/120"), IpAddressMode.Truncated));

    [Theory]
    [InlineData("::/0", true)]
    [InlineData("::/48", true)]
    [InlineData("2001:db8::/32", false)]
    [InlineData("0.0.0.0/0", false)]
    public void An_IPv6_network_in_whose_range_IPv4_is_kept_is_known(string network, bool has) =>
        Assert.Equal(has, IpNetworks.HasMapped(IPNetwork.Parse(network)));

    // What is written into a link or a row is read back as what it was: else it would mean somebody else.
    [Fact]
    public void Every_network_is_read_back_from_its_text()
    {
        var random = new Random(7);
        for (var turn = 0; turn < 5_000; turn++)
        {
            var bytes = new byte[turn % 2 == 0 ? 4 : 16];
            random.NextBytes(bytes.AsSpan(random.Next(bytes.Length)));
            var network = IpNetworks.Of(new IPAddress(bytes), random.Next((bytes.Length * 8) + 1));

            Assert.Equal(network, IpNetworks.Parse(IpNetworks.Text(network)));
        }
    }
}
