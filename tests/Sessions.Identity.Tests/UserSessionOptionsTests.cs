namespace Sessions.Identity.Tests;

public sealed class UserSessionOptionsTests
{
    private static readonly UserSessionOptionsValidator _validator = new();

    public static TheoryData<Action<UserSessionOptions>, string> Mistakes => new()
    {
        { options => options.TrackingTimeout = TimeSpan.Zero, "UserSessionOptions.TrackingTimeout is '00:00:00', but must be between 10 milliseconds and 1 minute." },
        { options => options.MaxSessionsPerUser = 0, "UserSessionOptions.MaxSessionsPerUser is '0', but must be at least 1, or null for no limit." },
        { options => options.ConcurrentSignIns.Total = 0, "UserSessionOptions.ConcurrentSignIns.Total is '0', but must be at least 1, or null for no limit." },
        { options => options.ConcurrentSignIns.PerDeviceType["desktop"] = 0, "UserSessionOptions.ConcurrentSignIns.PerDeviceType[desktop] is '0', but must be at least 1." },
        { options => options.ConcurrentSignIns.PerDeviceType["laptop"] = 1, "UserSessionOptions.ConcurrentSignIns.PerDeviceType is 'laptop', but must name a type of device, such as DeviceType.Desktop, or SignInLimits.Native." },
        { options => options.ConcurrentSignIns.AtLimit = (SignInLimitAnswer)7, "UserSessionOptions.ConcurrentSignIns.AtLimit is '7', but must be EndOldest or Ask." },
        { options => options.LastSeenInterval = TimeSpan.Zero, "UserSessionOptions.LastSeenInterval is '00:00:00', but must be longer than zero, or null." },
        { options => options.CoordinateDecimals = 9, "UserSessionOptions.CoordinateDecimals is '9', but must be between 0 and 6." },
        {
            options => (options.IdleTimeout, options.AbsoluteLifetime) = (TimeSpan.FromHours(2), TimeSpan.FromHours(1)),
            "UserSessionOptions.IdleTimeout is '02:00:00', but must not be longer than AbsoluteLifetime, which is '01:00:00'."
        },
        {
            options => (options.IdleTimeout, options.LastSeenInterval) = (TimeSpan.FromHours(2), null),
            "UserSessionOptions.LastSeenInterval is 'null', but must be set when IdleTimeout is: idleness is measured by it."
        },
        {
            options => (options.RepeatedFailures, options.TrackFailedSignIns) = (new RepeatedFailuresOptions(), false),
            "UserSessionOptions.RepeatedFailures is 'set', but needs TrackFailedSignIns to be true: it counts what is tracked."
        },
        { options => options.Administration.Policy = " ", "UserSessionOptions.Administration.Policy is ' ', but must name an authorization policy, or be null to serve no page." },
        { options => options.Administration.Path = "admin", "UserSessionOptions.Administration.Path is 'admin', but must be a path of this app, such as /Identity/Sessions." },
        { options => options.Administration.Path = "/{all}", "UserSessionOptions.Administration.Path is '/{all}', but must be a path of this app, such as /Identity/Sessions." },
        { options => options.DeviceCookie.Name = " ", "UserSessionOptions.DeviceCookie.Name is ' ', but must be the name of a cookie." },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_told_in_plain_English_with_the_value(Action<UserSessionOptions> mistake, string error)
    {
        var options = new UserSessionOptions();
        mistake(options);

        Assert.Equal(error, Assert.Single(_validator.Validate(null, options).Failures!));
    }

    [Fact]
    public void Every_default_is_valid() => Assert.True(_validator.Validate(null, new UserSessionOptions()).Succeeded);
}
