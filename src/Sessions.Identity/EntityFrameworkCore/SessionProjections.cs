using System.Linq.Expressions;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>What is read of a row to be handed out: only what a page shows.</summary>
internal static class SessionProjections
{
    public static Expression<Func<IdentityUserSession<TKey>, UserSessionInfo>> Session<TKey>(string userId)
        where TKey : IEquatable<TKey> => row => new UserSessionInfo
        {
            Id = row.Id,
            UserId = userId,
            Scheme = row.Scheme,
            IpAddress = row.IpAddress,
            LastSeenIpAddress = row.LastSeenIpAddress,
            SignInMethod = row.SignInMethod ?? SignInMethod.Unknown,
            Provider = row.Provider,
            SecondFactor = MethodDetail.SecondFactorOf(row.MethodDetail),
            IsPersistent = row.IsPersistent,
            IsAdopted = row.IsAdopted,
            CreatedAt = row.CreatedAt,
            LastSeenAt = row.LastSeenAt,
            ExpiresAt = row.ExpiresAt,
            EndedAt = row.EndedAt,
            EndReason = row.EndReason,
            Device = new DeviceInfo
            {
                Browser = row.Browser,
                BrowserVersion = row.BrowserVersion,
                OperatingSystem = row.OperatingSystem,
                OperatingSystemVersion = row.OperatingSystemVersion,
                DeviceType = row.DeviceType ?? DeviceType.Unknown,
                DeviceModel = row.DeviceModel,
                AppName = row.AppName,
                AppVersion = row.AppVersion,
                AppBuild = row.AppBuild,
            },
            Location = row.CountryCode == null && row.Country == null && row.City == null && row.AutonomousSystemNumber == null ? null : new IpLocation
            {
                CountryCode = row.CountryCode,
                Country = row.Country,
                Region = row.Region,
                City = row.City,
                AutonomousSystemNumber = row.AutonomousSystemNumber,
                Organization = row.Organization,
            },
        };

    public static Expression<Func<IdentitySessionEvent<TEventKey>, SessionEventInfo>> Event<TEventKey>() => row => new SessionEventInfo
    {
        Id = row.Id,
        Kind = row.Kind,
        OccurredAt = row.OccurredAt,
        UserId = row.UserId == null ? null : UserKey.Format(row.UserId),
        SessionId = row.SessionId,
        Scheme = row.Scheme,
        Identity = row.Identity,
        SignInMethod = row.SignInMethod,
        Provider = row.Provider,
        SecondFactor = MethodDetail.SecondFactorOf(row.MethodDetail),
        FailureReason = row.FailureReason,
        EndReason = row.EndReason,
        ActorId = row.ActorId,
        Note = row.Note,
        IpAddress = row.IpAddress,
        IsNewDevice = row.IsNewDevice,
        TravelDistance = row.TravelDistance,
        TravelTime = row.TravelSeconds == null ? null : TimeSpan.FromSeconds(row.TravelSeconds.Value),
        IsImpossibleTravel = row.IsImpossibleTravel,
        Device = new DeviceInfo
        {
            Browser = row.Browser,
            BrowserVersion = row.BrowserVersion,
            OperatingSystem = row.OperatingSystem,
            OperatingSystemVersion = row.OperatingSystemVersion,
            DeviceType = row.DeviceType ?? DeviceType.Unknown,
            DeviceModel = row.DeviceModel,
            AppName = row.AppName,
            AppVersion = row.AppVersion,
            AppBuild = row.AppBuild,
        },
        Location = row.CountryCode == null && row.Country == null && row.City == null && row.AutonomousSystemNumber == null ? null : new IpLocation
        {
            CountryCode = row.CountryCode,
            Country = row.Country,
            Region = row.Region,
            City = row.City,
            Latitude = row.Latitude,
            Longitude = row.Longitude,
            AutonomousSystemNumber = row.AutonomousSystemNumber,
            Organization = row.Organization,
        },
    };
}
