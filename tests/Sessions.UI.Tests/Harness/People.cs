using Sessions.Identity;

namespace Sessions.UI.Tests.Harness;

/// <summary>The sessions and events that the tests speak of.</summary>
internal static class People
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 9, 12, 0, 0, TimeSpan.Zero);

    public static UserSessionInfo Laptop { get; } = new()
    {
        Id = new Guid("11111111-1111-7111-8111-111111111111"),
        UserId = "1",
        Scheme = "Identity.Application",
        Device = new DeviceInfo { Browser = "Firefox", OperatingSystem = "Windows", DeviceType = DeviceType.Desktop },
        IpAddress = "203.0.113.7",
        SignInMethod = SignInMethod.Password,
        CreatedAt = Noon.AddDays(-2),
        LastSeenAt = Noon,
        IsCurrent = true,
        IsActiveNow = true,
    };

    public static UserSessionInfo Phone { get; } = new()
    {
        Id = new Guid("22222222-2222-7222-8222-222222222222"),
        UserId = "1",
        Scheme = "Identity.Application",
        Device = new DeviceInfo { Browser = "Safari", DeviceModel = "iPhone", OperatingSystem = "iOS", DeviceType = DeviceType.Smartphone },
        IpAddress = "198.51.100.1",
        LastSeenIpAddress = "198.51.100.23",
        Location = new IpLocation { CountryCode = "ES", Country = "Spain", City = "Madrid" },
        SignInMethod = SignInMethod.Passkey,
        CreatedAt = Noon.AddDays(-30),
        LastSeenAt = Noon.AddHours(-3),
    };

    /// <summary>Several devices, none of them this one, each seen an hour before the last.</summary>
    public static UserSessionInfo[] Others(int count) => [.. Enumerable.Range(1, count).Select(number => Phone with
    {
        Id = new Guid(number, 0, 0, new byte[8]),
        LastSeenAt = Noon.AddHours(-number),
    })];

    public static SessionEventInfo SignedIn { get; } = new()
    {
        Id = new Guid("33333333-3333-7333-8333-333333333333"),
        Kind = SessionEventKind.SignedIn,
        OccurredAt = Noon,
        Device = Laptop.Device,
        IpAddress = Laptop.IpAddress,
        SignInMethod = SignInMethod.Password,
        SecondFactor = SecondFactor.Authenticator,
    };

    public static SessionEventInfo Failed { get; } = new()
    {
        Id = new Guid("44444444-4444-7444-8444-444444444444"),
        Kind = SessionEventKind.SignInFailed,
        OccurredAt = Noon,
        Identity = "ann@example.com",
        SignInMethod = SignInMethod.Password,
        FailureReason = SignInFailureReason.WrongPassword,
    };
}
