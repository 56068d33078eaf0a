using System.Net;
using Sessions.Identity.Locations;

namespace Sessions.Identity.Tests.Locations;

public sealed class SpecialAddressTests
{
    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("100.127.255.255")]
    [InlineData("169.254.1.1")]
    [InlineData("192.0.2.1")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.7")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("fc00::1")]
    [InlineData("fd12::1")]
    [InlineData("fe80::1")]
    [InlineData("2001:db8::1")]
    [InlineData("3fff::1")]
    [InlineData("ff02::1")]
    public void Private_loopback_carrier_grade_and_documentation_addresses_are_nowhere(string address) =>
        Assert.True(SpecialAddresses.Contain(IPAddress.Parse(address)));

    [Theory]
    [InlineData("81.2.69.160")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("11.0.0.1")]
    [InlineData("::ffff:81.2.69.160")]
    [InlineData("2001:218::1")]
    [InlineData("2a02:d080::1")]
    public void Any_other_address_is_somewhere(string address) => Assert.False(SpecialAddresses.Contain(IPAddress.Parse(address)));
}
