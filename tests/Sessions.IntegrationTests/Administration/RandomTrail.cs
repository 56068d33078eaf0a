using System.Net;
using Microsoft.AspNetCore.Identity;
using Sessions.Identity;
using Sessions.IntegrationTests.Harness;

namespace Sessions.IntegrationTests.Administration;

/// <summary>People with a random past, the same at every run, so that what a database finds and counts can be told again from the rows themselves.</summary>
internal sealed class RandomTrail(DateTimeOffset now)
{
    public static readonly string[] People = ["ada", "bob", "eve"];
    public static readonly string?[] Addresses = ["203.0.113.7", "203.0.113.200", "203.0.112.1", "198.51.100.23", "2001:db8::1", "2001:db8:0:1::2", null];
    public static readonly string?[] Countries = ["ES", "DE", null];
    public static readonly string?[] Methods = [SignInMethod.Password, SignInMethod.Passkey, null];
    public static readonly string?[] Identities = ["ada@example.com", "bob@example.com", "nobody@example.com", null];
    public static readonly string[] Kinds = [SessionEventKind.SignedIn, SessionEventKind.SignInFailed, SessionEventKind.Revoked, SessionEventKind.SignedOut];
    public static readonly string?[] Reasons = [SignInFailureReason.WrongPassword, SignInFailureReason.UnknownUser, SignInFailureReason.RateLimited, null];
    public static readonly (string? Browser, string? Version, string? System)[] Devices = [("Firefox", "145.0", "Windows"), ("Chrome", "142.0", "Linux"), ("Safari", "18.5", "iOS"), (null, null, null)];

    private readonly Random _random = new(42);

    public List<IdentitySessionEvent<string>> Events { get; } = [];

    public List<IdentityUserSession<string>> Sessions { get; } = [];

    public T Any<T>(IReadOnlyList<T> some) => some[_random.Next(some.Count)];

    public bool Chance(double of) => _random.NextDouble() < of;

    public async Task WriteAsync(TestApp app, int events, int sessions)
    {
        foreach (var _ in Enumerable.Range(0, events))
        {
            Events.Add(Event());
        }

        foreach (var _ in Enumerable.Range(0, sessions))
        {
            Sessions.Add(Session());
        }

        await app.InDatabaseAsync(db =>
        {
            db.AddRange(People.Select(name => new IdentityUser { Id = name, UserName = $"{name}@example.com", NormalizedUserName = $"{name}@EXAMPLE.COM".ToUpperInvariant() }));
            db.AddRange(Events);
            db.AddRange(Sessions);
            return db.SaveChangesAsync();
        });
    }

    private IdentitySessionEvent<string> Event()
    {
        var at = now.AddSeconds(-_random.Next(2 * 24 * 3600));
        var kind = Any(Kinds);
        var isFailure = kind == SessionEventKind.SignInFailed;
        var (address, device) = (Any(Addresses), Any(Devices));
        return new IdentitySessionEvent<string>
        {
            Id = Guid.CreateVersion7(at),
            Kind = kind,
            OccurredAt = at,
            UserId = isFailure ? null : Any(People),
            Identity = isFailure ? Any(Identities) : null,
            FailureReason = isFailure ? Any(Reasons) : null,
            IpAddress = address,
            IpAddressBytes = Bytes(address),
            CountryCode = Any(Countries),
            SignInMethod = Any(Methods),
            Browser = device.Browser,
            BrowserVersion = device.Version,
            OperatingSystem = device.System,
            IsNewDevice = kind == SessionEventKind.SignedIn && Chance(0.2),
            IsImpossibleTravel = kind == SessionEventKind.SignedIn && Chance(0.1),
        };
    }

    private IdentityUserSession<string> Session()
    {
        var at = now.AddSeconds(-1 - _random.Next(2 * 24 * 3600));
        var (address, device) = (Any(Addresses), Any(Devices));
        return new IdentityUserSession<string>
        {
            Id = Guid.CreateVersion7(at),
            UserId = Any(People),
            KeyDigest = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray()).PadLeft(64, '0'),
            Scheme = IdentityConstants.ApplicationScheme,
            CreatedAt = at,
            LastSeenAt = at,
            ExpiresAt = Chance(0.1) ? now.AddHours(-1) : now.AddDays(10),
            EndedAt = Chance(0.2) ? now.AddHours(-2) : null,
            IpAddress = address,
            IpAddressBytes = Bytes(address),
            LastSeenIpAddress = address,
            CountryCode = Any(Countries),
            SignInMethod = Any(Methods),
            Browser = device.Browser,
            BrowserVersion = device.Version,
            OperatingSystem = device.System,
        };
    }

    private static byte[]? Bytes(string? address) => address is null ? null : IPAddress.Parse(address).MapToIPv6().GetAddressBytes();
}
