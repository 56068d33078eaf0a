using System.Linq.Expressions;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>What is read of a row to be handed out: only what a page shows.</summary>
internal static class SessionProjections
{
    public static Expression<Func<IdentityUserSession<TKey>, UserSessionInfo>> Session<TKey>()
        where TKey : IEquatable<TKey> => OriginParts.Inline((IdentityUserSession<TKey> row) => new UserSessionInfo
        {
            Id = row.Id,
            UserId = UserKey.Format(row.UserId),
            Scheme = row.Scheme,
            IpAddress = row.IpAddress,
            LastSeenIpAddress = row.LastSeenIpAddress,
            SignInMethod = row.SignInMethod ?? SignInMethod.Unknown,
            Provider = row.Provider,
            SecondFactor = MethodDetail.SecondFactorOf(row.MethodDetail),
            SignInDetail = MethodDetail.DetailOf(row.MethodDetail),
            IsPersistent = row.IsPersistent,
            IsAdopted = row.IsAdopted,
            CreatedAt = row.CreatedAt,
            LastSeenAt = row.LastSeenAt,
            ExpiresAt = row.ExpiresAt,
            EndedAt = row.EndedAt,
            EndReason = row.EndReason,
            Device = OriginParts.Device(row),
            Location = OriginParts.Location(row, null, null),
        });

    public static Expression<Func<IdentitySessionEvent<TEventKey>, SessionEventInfo>> Event<TEventKey>() =>
        OriginParts.Inline((IdentitySessionEvent<TEventKey> row) => new SessionEventInfo
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
            SignInDetail = MethodDetail.DetailOf(row.MethodDetail),
            FailureReason = row.FailureReason,
            EndReason = row.EndReason,
            ActorId = row.ActorId,
            Note = row.Note,
            IpAddress = row.IpAddress,
            IsNewDevice = row.IsNewDevice,
            TravelDistance = row.TravelDistance,
            TravelTime = row.TravelSeconds == null ? null : TimeSpan.FromSeconds(row.TravelSeconds.Value),
            IsImpossibleTravel = row.IsImpossibleTravel,
            Device = OriginParts.Device(row),
            Location = OriginParts.Location(row, row.Latitude, row.Longitude),
        });
}
