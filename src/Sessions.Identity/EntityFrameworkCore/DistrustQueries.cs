namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>
/// What somebody said of a device that is not to be trusted: it counts as new when it comes back. The reasons stand here as constants: EF Core
/// makes the SQL anew at every call for a list that it is handed. They stand in <see cref="SignInQueries{TUser, TContext, TKey, TEventKey}.LastWord"/> too.
/// </summary>
internal static class DistrustQueries
{
    /// <summary>The events by which a device was distrusted.</summary>
    public static IQueryable<IdentitySessionEvent<TKey>> ThatDistrust<TKey>(this IQueryable<IdentitySessionEvent<TKey>> events) =>
        events.Where(row => row.Kind == SessionEventKind.Revoked
            && (row.EndReason == SessionEndReason.RevokedByUser || row.EndReason == SessionEndReason.RevokedEverywhereElse
                || row.EndReason == SessionEndReason.RevokedByAdmin || row.EndReason == SessionEndReason.ReportedByUser));

    /// <summary>The sessions that did not end in that way.</summary>
    public static IQueryable<IdentityUserSession<TKey>> ThatAreNotDistrusted<TKey>(this IQueryable<IdentityUserSession<TKey>> sessions)
        where TKey : IEquatable<TKey> =>
        sessions.Where(row => row.EndReason == null
            || (row.EndReason != SessionEndReason.RevokedByUser && row.EndReason != SessionEndReason.RevokedEverywhereElse
                && row.EndReason != SessionEndReason.RevokedByAdmin && row.EndReason != SessionEndReason.ReportedByUser));
}
