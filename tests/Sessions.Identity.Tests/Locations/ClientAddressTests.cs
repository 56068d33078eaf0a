using System.Net;
using Sessions.Identity.Locations;

namespace Sessions.Identity.Tests.Locations;

public sealed class ClientAddressTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("fe80::1%4", "fe80::1")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    public void An_address_has_one_form(string given, string kept) =>
        Assert.Equal(kept, ClientAddress.Normalize(IPAddress.Parse(given), IpAddressMode.Full)!.ToString());

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.0")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.0")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1::")]
    public void A_truncated_address_is_only_its_network(string given, string kept) =>
        Assert.Equal(kept, ClientAddress.Normalize(IPAddress.Parse(given), IpAddressMode.Truncated)!.ToString());

    [Fact]
    public void Bytes_of_both_families_sort_together()
    {
        Assert.Equal(16, ClientAddress.Bytes(IPAddress.Parse("203.0.113.7"))!.Length);
        Assert.Equal(16, ClientAddress.Bytes(IPAddress.Parse("2001:db8::1"))!.Length);
        Assert.Null(ClientAddress.Bytes(null));
    }
}
