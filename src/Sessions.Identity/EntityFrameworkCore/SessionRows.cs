using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>Makes rows of descriptors, every string cut to its column.</summary>
internal static class SessionRows
{
    public static IdentityUserSession<TKey> Row<TKey>(UserSessionDescriptor session)
        where TKey : IEquatable<TKey>
    {
        var row = new IdentityUserSession<TKey>
        {
            Id = session.Id,
            UserId = UserKey.Parse<TKey>(session.UserId)!,
            KeyDigest = session.KeyDigest,
            StampDigest = session.StampDigest,
            Scheme = Cut(session.Scheme, nameof(IdentityUserSession<>.Scheme))!,
            TwoFactorRememberDigest = session.TwoFactorRememberDigest,
            IsPersistent = session.IsPersistent,
            IsAdopted = session.IsAdopted,
            LastSeenIpAddress = session.Origin.IpAddress,
            CreatedAt = session.CreatedAt,
            LastSeenAt = session.LastSeenAt,
            ExpiresAt = session.ExpiresAt,
        };
        Fill(row, session.Origin);
        Fill(row, session.SignIn);
        return row;
    }

    public static IdentitySessionEvent<TEventKey> Row<TEventKey>(SessionEventDescriptor sessionEvent)
    {
        var row = new IdentitySessionEvent<TEventKey>
        {
            Id = sessionEvent.Id,
            Kind = sessionEvent.Kind,
            UserId = EventUser<TEventKey>(sessionEvent.UserId),
            SessionId = sessionEvent.SessionId,
            Scheme = Cut(sessionEvent.Scheme, nameof(IdentitySessionEvent<>.Scheme)),
            Identity = Cut(sessionEvent.Identity, nameof(IdentitySessionEvent<>.Identity)),
            FailureReason = Cut(sessionEvent.FailureReason, nameof(IdentitySessionEvent<>.FailureReason)),
            TraceId = Cut(sessionEvent.Origin.TraceId, nameof(IdentitySessionEvent<>.TraceId)),
            Endpoint = Cut(sessionEvent.Origin.Endpoint, nameof(IdentitySessionEvent<>.Endpoint)),
            Latitude = sessionEvent.Origin.Location?.Latitude,
            Longitude = sessionEvent.Origin.Location?.Longitude,
            TravelDistance = sessionEvent.Travel?.Kilometers,
            TravelSeconds = (long?)sessionEvent.Travel?.Time.TotalSeconds,
            IsImpossibleTravel = sessionEvent.Travel is { IsImpossible: true },
            IsNewDevice = sessionEvent.IsNewDevice,
            WriteKey = sessionEvent.WriteKey,
            BurstKey = sessionEvent.BurstKey,
            Metadata = SignInFootnote.Write(sessionEvent.AccountName),
            OccurredAt = sessionEvent.OccurredAt,
        };
        Fill(row, sessionEvent.Origin);
        Fill(row, sessionEvent.SignIn);
        return row;
    }

    /// <summary>The event of an ended session: its device and place are the session's own.</summary>
    public static IdentitySessionEvent<TEventKey> EndEvent<TKey, TEventKey>(
        IdentityUserSession<TKey> session, string kind, SessionEnd end, string scope)
        where TKey : IEquatable<TKey>
    {
        var row = new IdentitySessionEvent<TEventKey>
        {
            Id = Guid.CreateVersion7(end.At),
            Kind = kind,
            UserId = EventUser<TEventKey>(UserKey.Format(session.UserId)),
            SessionId = session.Id,
            Scheme = session.Scheme,
            EndReason = end.Reason,
            EndScope = scope,
            ActorId = Cut(end.ActorId, nameof(IdentitySessionEvent<>.ActorId)),
            Note = Cut(end.Note, nameof(IdentitySessionEvent<>.Note)),
            WriteKey = $"end:{session.Id:N}",
            OccurredAt = end.At,
        };
        Copy(session, row);
        return row;
    }

    /// <summary>The event of a decision about all of a user's sessions when none was live: it judges tickets that have no row yet.</summary>
    public static IdentitySessionEvent<TEventKey> EndEventWithoutSession<TEventKey>(string userId, SessionEnd end, string scope)
    {
        return new IdentitySessionEvent<TEventKey>
        {
            Id = Guid.CreateVersion7(end.At),
            Kind = SessionEventKind.Revoked,
            UserId = EventUser<TEventKey>(userId),
            EndReason = end.Reason,
            EndScope = scope,
            ActorId = Cut(end.ActorId, nameof(IdentitySessionEvent<>.ActorId)),
            Note = Cut(end.Note, nameof(IdentitySessionEvent<>.Note)),
            OccurredAt = end.At,
        };
    }

    /// <summary>What stays of somebody who was forgotten while their account goes on: that all sessions ended then. It names nobody.</summary>
    public static IdentitySessionEvent<TEventKey> ForgottenJudge<TEventKey>(string userId, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(at),
        Kind = SessionEventKind.Revoked,
        EndReason = SessionEndReason.RevokedByAdmin,
        EndScope = EndScope.All,
        WriteKey = ForgottenKey(userId),
        OccurredAt = at,
    };

    public static string ForgottenKey(string userId) => $"forgotten:{SecretDigest.Of(userId)}";

    /// <summary>A user's id as an event's column has it. For value types that column is nullable: no user is a real NULL.</summary>
    public static TEventKey? EventUser<TEventKey>(string? userId) =>
        userId is null ? default : UserKey.Parse<TEventKey>(userId);

    /// <summary>A device with every part cut to its column.</summary>
    public static DeviceInfo Cut(DeviceInfo device) => new()
    {
        Browser = Cut(device.Browser, nameof(device.Browser)),
        BrowserVersion = Cut(device.BrowserVersion, nameof(device.BrowserVersion)),
        OperatingSystem = Cut(device.OperatingSystem, nameof(device.OperatingSystem)),
        OperatingSystemVersion = Cut(device.OperatingSystemVersion, nameof(device.OperatingSystemVersion)),
        DeviceType = Cut(device.DeviceType, nameof(device.DeviceType)) ?? DeviceType.Unknown,
        DeviceModel = Cut(device.DeviceModel, nameof(device.DeviceModel)),
        AppName = Cut(device.AppName, nameof(device.AppName)),
        AppVersion = Cut(device.AppVersion, nameof(device.AppVersion)),
        AppBuild = Cut(device.AppBuild, nameof(device.AppBuild)),
    };

    /// <summary>A place with every part cut to its column.</summary>
    public static IpLocation Cut(IpLocation location) => location with
    {
        CountryCode = Cut(location.CountryCode, nameof(location.CountryCode)),
        Country = Cut(location.Country, nameof(location.Country)),
        Region = Cut(location.Region, nameof(location.Region)),
        City = Cut(location.City, nameof(location.City)),
        Organization = Cut(location.Organization, nameof(location.Organization)),
    };

    /// <summary>Puts into a row from what device it comes.</summary>
    public static void Describe(IOriginColumns row, SessionOrigin origin) => Fill(row, origin);

    private static void Fill(IOriginColumns row, SignInFacts? signIn)
    {
        row.SignInMethod = Cut(signIn?.Method, nameof(row.SignInMethod));
        row.Provider = Cut(signIn?.Provider, nameof(row.Provider));
        row.MethodDetail = MethodDetail.Write(signIn?.SecondFactor, signIn?.Detail);
    }

    private static void Fill(IOriginColumns row, SessionOrigin origin)
    {
        row.DeviceId = Cut(origin.DeviceId, nameof(row.DeviceId));
        row.IpAddress = Cut(origin.IpAddress, nameof(row.IpAddress));
        row.IpAddressBytes = origin.IpAddressBytes;
        row.UserAgent = Cut(origin.UserAgent, nameof(row.UserAgent));
        row.ClientHints = Cut(origin.ClientHints, nameof(row.ClientHints));
        Fill(row, origin.Device);
        row.DeviceType = origin.IsNamed ? row.DeviceType : null;
        Fill(row, origin.Location);
    }

    private static void Fill(IOriginColumns row, DeviceInfo device)
    {
        var bounded = Cut(device);
        row.Browser = bounded.Browser;
        row.BrowserVersion = bounded.BrowserVersion;
        row.OperatingSystem = bounded.OperatingSystem;
        row.OperatingSystemVersion = bounded.OperatingSystemVersion;
        row.DeviceType = bounded.DeviceType;
        row.DeviceModel = bounded.DeviceModel;
        row.AppName = bounded.AppName;
        row.AppVersion = bounded.AppVersion;
        row.AppBuild = bounded.AppBuild;
    }

    private static void Fill(IOriginColumns row, IpLocation? location)
    {
        var bounded = location is null ? null : Cut(location);
        row.CountryCode = bounded?.CountryCode;
        row.Country = bounded?.Country;
        row.Region = bounded?.Region;
        row.City = bounded?.City;
        row.AutonomousSystemNumber = bounded?.AutonomousSystemNumber;
        row.Organization = bounded?.Organization;
    }

    private static void Copy<TKey, TEventKey>(IdentityUserSession<TKey> from, IdentitySessionEvent<TEventKey> to)
        where TKey : IEquatable<TKey>
    {
        to.DeviceId = from.DeviceId;
        to.SignInMethod = from.SignInMethod;
        to.Provider = from.Provider;
        to.MethodDetail = from.MethodDetail;
        to.IpAddress = from.IpAddress;
        to.IpAddressBytes = from.IpAddressBytes;
        to.UserAgent = from.UserAgent;
        to.ClientHints = from.ClientHints;
        to.Browser = from.Browser;
        to.BrowserVersion = from.BrowserVersion;
        to.OperatingSystem = from.OperatingSystem;
        to.OperatingSystemVersion = from.OperatingSystemVersion;
        to.DeviceType = from.DeviceType;
        to.DeviceModel = from.DeviceModel;
        to.AppName = from.AppName;
        to.AppVersion = from.AppVersion;
        to.AppBuild = from.AppBuild;
        to.CountryCode = from.CountryCode;
        to.Country = from.Country;
        to.Region = from.Region;
        to.City = from.City;
        to.AutonomousSystemNumber = from.AutonomousSystemNumber;
        to.Organization = from.Organization;
    }

    private static string? Cut(string? text, string property) => ColumnLengths.Cut(text, property);
}
