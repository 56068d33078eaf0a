namespace Sessions.Identity.Tests;

public sealed class SessionDisplayTests
{
    private static readonly DeviceInfo _firefox = new() { Browser = "Firefox", OperatingSystem = "Windows" };
    private static readonly IpLocation _madrid = new() { CountryCode = "ES", Country = "Spain", City = "Madrid" };

    [Fact]
    public void The_source_line_says_place_address_and_device() =>
        Assert.Equal("🇪🇸 Madrid, Spain · IP 203.0.113.7 · Firefox on Windows", Session(_madrid, "203.0.113.7").SourceLine);

    [Fact]
    public void What_is_not_known_is_left_out() => Assert.Equal("Firefox on Windows", Session(location: null, ip: null).SourceLine);

    [Theory]
    [InlineData("ES", "🇪🇸")]
    [InlineData("gb", "🇬🇧")]
    [InlineData("E", null)]
    [InlineData("1!", null)]
    [InlineData(null, null)]
    public void A_flag_comes_from_the_countrys_code(string? code, string? flag) => Assert.Equal(flag, new IpLocation { CountryCode = code }.Flag);

    private static UserSessionInfo Session(IpLocation? location, string? ip) => new()
    {
        Id = Guid.Empty,
        UserId = "1",
        Scheme = "s",
        CreatedAt = default,
        LastSeenAt = default,
        Device = _firefox,
        Location = location,
        IpAddress = ip,
    };
}
