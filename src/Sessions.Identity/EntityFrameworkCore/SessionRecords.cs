using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>Reads sessions with what of their users may end them.</summary>
internal static class SessionRecords
{
    public static IQueryable<SessionRecord> WithUsers<TUser, TKey>(this IQueryable<IdentityUserSession<TKey>> sessions, IQueryable<TUser> users)
        where TUser : IdentityUser<TKey>
        where TKey : IEquatable<TKey> =>
        sessions.LeftJoin(users, row => row.UserId, user => user.Id, (row, user) => new SessionRecord
        {
            Id = row.Id,
            UserId = UserKey.Format(row.UserId),
            Scheme = row.Scheme,
            DeviceId = row.DeviceId,
            StampDigest = row.StampDigest,
            CreatedAt = row.CreatedAt,
            LastSeenAt = row.LastSeenAt,
            ExpiresAt = row.ExpiresAt,
            AccessConfirmedAt = row.AccessConfirmedAt,
            EndedAt = row.EndedAt,
            EndReason = row.EndReason,
            IsAdopted = row.IsAdopted,
            IsNamed = row.DeviceType != null,
            SecurityStamp = user == null ? null : user.SecurityStamp ?? SessionRecord.NoStamp,
            LockoutEnd = user!.LockoutEnd,
            IsLockoutEnabled = user.LockoutEnabled,
            IsUserGone = user == null,
        });
}
