using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Setup;

/// <summary>Options are read from configuration, and checked when the app starts.</summary>
public sealed class OptionsTests
{
    [Fact]
    public async Task They_bind_from_configuration()
    {
        await using var database = TestDatabase.Sqlite();
        await using var app = await StartAsync(database, builder =>
        {
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Sessions:TrackingTimeout"] = "00:00:03",
                ["Sessions:LastSeenInterval"] = "",
                ["Sessions:IpAddressMode"] = "Truncated",
                ["Sessions:OnTrackingFailure"] = "Refuse",
                ["Sessions:NativeAppNames:0"] = "MyApp",
                ["Sessions:DeviceCookie:Name"] = "device",
                ["Sessions:Geolocation:DatabasePath"] = "GeoLite2-City.mmdb",
                ["Sessions:Geolocation:ImpossibleTravelSpeed"] = "1000",
                ["Sessions:DeviceCookie:Lifetime"] = "30.00:00:00",
                ["Sessions:RepeatedFailures:Threshold"] = "7",
                ["Sessions:AdoptUnknownBefore"] = "2026-11-01T00:00:00Z",
            });
            builder.Services.Configure<UserSessionOptions>(builder.Configuration.GetSection("Sessions"));
        });

        var options = app.Services.GetRequiredService<IOptions<UserSessionOptions>>().Value;

        Assert.Equal(TimeSpan.FromSeconds(3), options.TrackingTimeout);
        Assert.Null(options.LastSeenInterval);
        Assert.Equal((IpAddressMode.Truncated, TrackingFailureMode.Refuse), (options.IpAddressMode, options.OnTrackingFailure));
        Assert.Equal(["MyApp"], options.NativeAppNames);
        Assert.Equal(("device", TimeSpan.FromDays(30)), (options.DeviceCookie.Name, options.DeviceCookie.Lifetime));
        Assert.Equal(("GeoLite2-City.mmdb", 1_000), (options.Geolocation.DatabasePath, options.Geolocation.ImpossibleTravelSpeed));
        Assert.Equal(7, options.RepeatedFailures!.Threshold);
        Assert.Equal(new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero), options.AdoptUnknownBefore);
    }

    [Theory]
    [InlineData("TrackingTimeout", "00:00:00", "UserSessionOptions.TrackingTimeout is '00:00:00', but must be between 10 milliseconds and 1 minute.")]
    [InlineData("TrackingTimeout", "00:02:00", "UserSessionOptions.TrackingTimeout is '00:02:00', but must be between 10 milliseconds and 1 minute.")]
    [InlineData("LastSeenInterval", "-00:05:00", "UserSessionOptions.LastSeenInterval is '-00:05:00', but must be longer than zero, or null.")]
    [InlineData("IdleTimeout", "00:00:00", "UserSessionOptions.IdleTimeout is '00:00:00', but must be longer than zero, or null.")]
    [InlineData("AbsoluteLifetime", "-1.00:00:00", "UserSessionOptions.AbsoluteLifetime is '-1.00:00:00', but must be longer than zero, or null.")]
    [InlineData("EventRetention", "00:00:00", "UserSessionOptions.EventRetention is '00:00:00', but must be longer than zero, or null.")]
    [InlineData("EndedSessionRetention", "00:00:00", "UserSessionOptions.EndedSessionRetention is '00:00:00', but must be longer than zero, or null.")]
    [InlineData("MaxSessionsPerUser", "0", "UserSessionOptions.MaxSessionsPerUser is '0', but must be at least 1, or null for no limit.")]
    [InlineData("AccessConfirmation:MaxAge", "00:00:00", "UserSessionOptions.AccessConfirmation.MaxAge is '00:00:00', but must be longer than zero.")]
    [InlineData("AccessConfirmation:Path", "//evil.example.com", "UserSessionOptions.AccessConfirmation.Path is '//evil.example.com', but must be a path of this app, such as /Account/ConfirmAccess.")]
    [InlineData("CoordinateDecimals", "7", "UserSessionOptions.CoordinateDecimals is '7', but must be between 0 and 6.")]
    [InlineData("RepeatedFailures:Threshold", "0", "UserSessionOptions.RepeatedFailures.Threshold is '0', but must be at least 1.")]
    [InlineData("RepeatedFailures:Window", "00:00:00", "UserSessionOptions.RepeatedFailures.Window is '00:00:00', but must be longer than zero.")]
    [InlineData("DeviceCookie:Name", " ", "UserSessionOptions.DeviceCookie.Name is ' ', but must be the name of a cookie.")]
    [InlineData("DeviceCookie:Name", "a b", "UserSessionOptions.DeviceCookie.Name is 'a b', but must be the name of a cookie.")]
    [InlineData("DeviceCookie:Lifetime", "401.00:00:00", "UserSessionOptions.DeviceCookie.Lifetime is '401.00:00:00', but must be longer than zero and at most 400 days, where browsers cap it.")]
    [InlineData("Geolocation:MaxWait", "-00:00:01", "UserSessionOptions.Geolocation.MaxWait is '-00:00:01', but must be between zero and 1 minute.")]
    [InlineData("Geolocation:ImpossibleTravelSpeed", "0", "UserSessionOptions.Geolocation.ImpossibleTravelSpeed is '0', but must be more than zero kilometres per hour, or null.")]
    [InlineData("Geolocation:Language", "no such language", "UserSessionOptions.Geolocation.Language is 'no such language', but must be the name of a language, such as 'es' or 'pt-BR'.")]
    [InlineData("IpAddressMode", "7", "UserSessionOptions.IpAddressMode is '7', but must be Full or Truncated.")]
    [InlineData("OnTrackingFailure", "7", "UserSessionOptions.OnTrackingFailure is '7', but must be LetThrough or Refuse.")]
    [InlineData("OnUserDeleted", "7", "UserSessionOptions.OnUserDeleted is '7', but must be Erase or KeepUnlinked.")]
    public Task An_invalid_value_is_named_with_its_option(string option, string value, string message) =>
        AssertFailsAsync(message, new() { [$"Sessions:{option}"] = value });

    [Fact]
    public Task Idleness_is_not_longer_than_the_whole_life() => AssertFailsAsync(
        "UserSessionOptions.IdleTimeout is '02:00:00', but must not be longer than AbsoluteLifetime, which is '01:00:00'.",
        new() { ["Sessions:IdleTimeout"] = "02:00:00", ["Sessions:AbsoluteLifetime"] = "01:00:00" });

    [Fact]
    public Task Idleness_needs_the_last_activity() => AssertFailsAsync(
        "UserSessionOptions.LastSeenInterval is 'null', but must be set when IdleTimeout is: idleness is measured by it.",
        new() { ["Sessions:IdleTimeout"] = "02:00:00", ["Sessions:LastSeenInterval"] = "" });

    [Fact]
    public Task Repeated_failures_need_failures() => AssertFailsAsync(
        "UserSessionOptions.RepeatedFailures is 'set', but needs TrackFailedSignIns to be true: it counts what is tracked.",
        new() { ["Sessions:RepeatedFailures:Threshold"] = "5", ["Sessions:TrackFailedSignIns"] = "false" });

    private static async Task AssertFailsAsync(string message, Dictionary<string, string?> settings)
    {
        await using var database = TestDatabase.Sqlite();

        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(database, builder =>
        {
            builder.Configuration.AddInMemoryCollection(settings);
            builder.Services.Configure<UserSessionOptions>(builder.Configuration.GetSection("Sessions"));
        }));

        Assert.Equal([message], error.Failures);
    }

    private static Task<HostApp<IdentityUser>> StartAsync(TestDatabase database, Action<WebApplicationBuilder> configure) =>
        HostApp<IdentityUser>.StartAsync(builder =>
        {
            builder.Services.AddDbContext<PlainDb>(database.Use);
            builder.Services.AddIdentity<IdentityUser, IdentityRole>().AddEntityFrameworkStores<PlainDb>().AddSessions();
            configure(builder);
        });
}
