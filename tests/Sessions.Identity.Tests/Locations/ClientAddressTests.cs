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

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    public void What_servers_say_when_they_do_not_know_is_no_address(string given) =>
        Assert.Null(ClientAddress.Normalize(IPAddress.Parse(given), IpAddressMode.Full));

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData(" 203.0.113.7 ", "203.0.113.7")]
    [InlineData("203.0.113.7:51234", "203.0.113.7")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("[2001:db8::1]:51234", "2001:db8::1")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    [InlineData("\"[2001:db8::1]:51234\"", "2001:db8::1")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("[::ffff:203.0.113.7]:80", "203.0.113.7")]
    public void An_address_is_read_as_proxies_write_it(string text, string kept) =>
        Assert.Equal(kept, ClientAddress.Normalize(ClientAddress.Parse(text), IpAddressMode.Full)!.ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("unknown")]
    [InlineData("_hidden")]
    [InlineData("7")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("203.0.113")]
    [InlineData("203.0.113.300")]
    [InlineData("203.0.113.7, 198.51.100.1")]
    [InlineData("203.0.113.7:port")]
    [InlineData("<script>")]
    [InlineData("2001:db8::g")]
    public void Garbage_is_no_address(string? text) => Assert.Null(ClientAddress.Parse(text));

    [Fact]
    public void A_text_without_end_is_no_address() => Assert.Null(ClientAddress.Parse(new string('1', 100_000)));

    [Fact]
    public void The_longest_address_fits_its_column() =>
        Assert.InRange(
            ClientAddress.Normalize(IPAddress.Parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff%4294967295"), IpAddressMode.Full)!.ToString().Length, 1, 45);

    [Fact]
    public void Bytes_of_both_families_sort_together()
    {
        Assert.Equal(16, ClientAddress.Bytes(IPAddress.Parse("203.0.113.7"))!.Length);
        Assert.Equal(16, ClientAddress.Bytes(IPAddress.Parse("2001:db8::1"))!.Length);
        Assert.Null(ClientAddress.Bytes(null));
    }
}
