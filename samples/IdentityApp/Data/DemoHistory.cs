using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Sessions.Identity;

namespace IdentityApp.Data;

/// <summary>Three months in the life of the demo user, so that the pages have something to show. Nobody holds the keys of these sessions.</summary>
internal sealed class DemoHistory(AppDb db, string userId, DateTimeOffset now)
{
    private static readonly Device _laptop = new(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox", "Windows", null, DeviceType.Desktop);

    private static readonly Device _phone = new(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
        "Safari", "iOS", "iPhone", DeviceType.Smartphone);

    private static readonly Device _tablet = new(
        "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
        "Safari", "iPadOS", "iPad", DeviceType.Tablet);

    private static readonly Device _desktop = new(
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36", "Chrome", "Linux", null, DeviceType.Desktop);

    private static readonly Device _television = new(
        "Mozilla/5.0 (SMART-TV; LINUX; Tizen 6.0) AppleWebKit/537.36 (KHTML, like Gecko) 76.0.3809.146/6.0 TV Safari/537.36", "Samsung Internet", "Tizen", null, DeviceType.Tv);

    private static readonly Place _madrid = new("203.0.113.7", "ES", "Spain", "Madrid");
    private static readonly Place _lisbon = new("198.51.100.23", "PT", "Portugal", "Lisbon");
    private static readonly Place _sprayer = new("198.51.100.77", "NL", "Netherlands", "Amsterdam");
    private static readonly Place _office = new("192.0.2.44", "ES", "Spain", "Barcelona");

    public async Task WriteAsync()
    {
        var desktop = Session(_desktop, _office, SignInMethod.Password, begun: 31, lastSeen: 24);
        End(desktop, SessionEndReason.SignedOut, daysAgo: 24);
        var tablet = Session(_tablet, _lisbon, SignInMethod.Password, begun: 19, lastSeen: 12);
        End(tablet, SessionEndReason.RevokedByUser, daysAgo: 11.9);
        Session(_laptop, _madrid, SignInMethod.Password, begun: 11.95, lastSeen: 0.1, SecondFactor.Authenticator);
        Session(_phone, _madrid, SignInMethod.Passkey, begun: 6.2, lastSeen: 1.3);
        Session(_tablet, _madrid, SignInMethod.Password, begun: 4.4, lastSeen: 3.1);
        Session(_television, _madrid, SignInMethod.OneTimeCode, begun: 75.3, lastSeen: 41).ExpiresAt = now.AddDays(49);
        foreach (var day in new[] { 88.4, 86.3, 82.4, 79.1, 75.2, 71.4, 70.3, 66.3, 61.4, 58.2, 54.4, 51.3, 47.4, 46.4, 40.2, 37.3, 33.4 })
        {
            SignIn(_desktop, _office, SignInMethod.Password, day);
        }

        foreach (var day in new[] { 82.41, 54.42, 54.41, 54.4, 40.3 })
        {
            Failure(_desktop, _office, day);
        }

        Failure(_desktop, _lisbon, daysAgo: 2.604);
        Failure(_desktop, _lisbon, daysAgo: 2.603);
        Spray();
        await db.SaveChangesAsync();
    }

    // Somebody tries many names from one address: for the operators' overview.
    private void Spray()
    {
        string[] names = ["admin", "info", "sales", "root", "test", "office", "support", "hr"];
        foreach (var (name, index) in names.Select((name, index) => (name, index)))
        {
            var failed = Event(SessionEventKind.SignInFailed, _desktop, _sprayer, daysAgo: 0.3 - (index * 0.02));
            (failed.Identity, failed.FailureReason) = ($"{name}@example.com", SignInFailureReason.UnknownUser);
            failed.SignInMethod = SignInMethod.Password;
        }
    }

    private IdentityUserSession<string> Session(Device device, Place place, string method, double begun, double lastSeen, string? secondFactor = null)
    {
        var session = new IdentityUserSession<string>
        {
            Id = Guid.CreateVersion7(Ago(begun)),
            UserId = userId,
            KeyDigest = RandomNumberGenerator.GetHexString(64, lowercase: true),
            Scheme = IdentityConstants.ApplicationScheme,
            SignInMethod = method,
            MethodDetail = secondFactor is null ? null : $$"""{"secondFactor":"{{secondFactor}}"}""",
            IpAddress = place.Ip,
            IpAddressBytes = place.Bytes,
            LastSeenIpAddress = place.Ip,
            CountryCode = place.CountryCode,
            Country = place.Country,
            City = place.City,
            UserAgent = device.UserAgent,
            Browser = device.Browser,
            OperatingSystem = device.System,
            DeviceModel = device.Model,
            DeviceType = device.Type,
            IsPersistent = true,
            CreatedAt = Ago(begun),
            LastSeenAt = Ago(lastSeen),
            ExpiresAt = Ago(lastSeen).AddDays(14),
        };
        db.Add(session);

        var signedIn = SignIn(device, place, method, begun);
        (signedIn.SessionId, signedIn.MethodDetail) = (session.Id, session.MethodDetail);
        signedIn.IsNewDevice = device == _phone || (device == _laptop && begun < 12);
        return session;
    }

    private IdentitySessionEvent<string> SignIn(Device device, Place place, string method, double daysAgo)
    {
        var signedIn = Event(SessionEventKind.SignedIn, device, place, daysAgo);
        (signedIn.UserId, signedIn.SignInMethod) = (userId, method);
        return signedIn;
    }

    private void End(IdentityUserSession<string> session, string reason, double daysAgo)
    {
        (session.EndedAt, session.EndReason) = (Ago(daysAgo), reason);

        var device = new Device(session.UserAgent!, session.Browser!, session.OperatingSystem!, session.DeviceModel, session.DeviceType!);
        var place = new Place(session.IpAddress!, session.CountryCode!, session.Country!, session.City!);
        var kind = reason == SessionEndReason.SignedOut ? SessionEventKind.SignedOut : SessionEventKind.Revoked;
        var ended = Event(kind, device, place, daysAgo);
        (ended.UserId, ended.SessionId, ended.EndReason) = (userId, session.Id, reason);
    }

    // A failed attempt names no user, only what was typed.
    private void Failure(Device device, Place place, double daysAgo)
    {
        var failed = Event(SessionEventKind.SignInFailed, device, place, daysAgo);
        (failed.Identity, failed.FailureReason) = (DemoData.Email, SignInFailureReason.WrongPassword);
        failed.SignInMethod = SignInMethod.Password;
    }

    private IdentitySessionEvent<string> Event(string kind, Device device, Place place, double daysAgo)
    {
        var happened = new IdentitySessionEvent<string>
        {
            Id = Guid.CreateVersion7(Ago(daysAgo)),
            Kind = kind,
            Scheme = IdentityConstants.ApplicationScheme,
            IpAddress = place.Ip,
            IpAddressBytes = place.Bytes,
            CountryCode = place.CountryCode,
            Country = place.Country,
            City = place.City,
            UserAgent = device.UserAgent,
            Browser = device.Browser,
            OperatingSystem = device.System,
            DeviceModel = device.Model,
            DeviceType = device.Type,
            OccurredAt = Ago(daysAgo),
        };
        db.Add(happened);
        return happened;
    }

    private DateTimeOffset Ago(double days) => now - TimeSpan.FromDays(days);

    private sealed record Device(string UserAgent, string Browser, string System, string? Model, string Type);

    private sealed record Place(string Ip, string CountryCode, string Country, string City)
    {
        public byte[] Bytes => IPAddress.Parse(Ip).MapToIPv6().GetAddressBytes();
    }
}
