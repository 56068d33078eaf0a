namespace Sessions.Identity;

/// <summary>
/// Questions to the registry that combine and are answered by the database:
/// <c>db.Set&lt;IdentityUserSession&lt;string&gt;&gt;().Live().Inactive(TimeSpan.FromDays(30)).ByRecency()</c>.
/// </summary>
/// <remarks>They see everybody's sessions: they are for operators. A person's own come from <see cref="ICurrentUserSessions"/>.</remarks>
public static class UserSessionQueryExtensions
{
    /// <summary>Sessions that have not ended and whose ticket can still be valid.</summary>
    /// <typeparam name="TKey">The type of the user's primary key.</typeparam>
    /// <param name="sessions">The sessions.</param>
    /// <param name="time">The clock; the system's by default.</param>
    /// <returns>Those of them.</returns>
    public static IQueryable<IdentityUserSession<TKey>> Live<TKey>(this IQueryable<IdentityUserSession<TKey>> sessions, TimeProvider? time = null)
        where TKey : IEquatable<TKey>
    {
        ArgumentNullException.ThrowIfNull(sessions);
        var now = Now(time);
        return sessions.Where(row => row.EndedAt == null && (row.ExpiresAt == null || row.ExpiresAt > now));
    }

    /// <summary>Sessions that have ended, for whatever reason.</summary>
    /// <typeparam name="TKey">The type of the user's primary key.</typeparam>
    /// <param name="sessions">The sessions.</param>
    /// <returns>Those of them.</returns>
    public static IQueryable<IdentityUserSession<TKey>> Ended<TKey>(this IQueryable<IdentityUserSession<TKey>> sessions)
        where TKey : IEquatable<TKey>
    {
        ArgumentNullException.ThrowIfNull(sessions);
        return sessions.Where(row => row.EndedAt != null);
    }

    /// <summary>Live sessions that were active lately.</summary>
    /// <typeparam name="TKey">The type of the user's primary key.</typeparam>
    /// <param name="sessions">The sessions.</param>
    /// <param name="within">How lately. Activity is known to the precision of <see cref="UserSessionOptions.LastSeenInterval"/>.</param>
    /// <param name="time">The clock; the system's by default.</param>
    /// <returns>Those of them.</returns>
    public static IQueryable<IdentityUserSession<TKey>> Active<TKey>(this IQueryable<IdentityUserSession<TKey>> sessions, TimeSpan within, TimeProvider? time = null)
        where TKey : IEquatable<TKey>
    {
        var since = Now(time) - within;
        return sessions.Live(time).Where(row => row.LastSeenAt > since);
    }

    /// <summary>Live sessions that were not active for some time.</summary>
    /// <typeparam name="TKey">The type of the user's primary key.</typeparam>
    /// <param name="sessions">The sessions.</param>
    /// <param name="since">For how long. Activity is known to the precision of <see cref="UserSessionOptions.LastSeenInterval"/>.</param>
    /// <param name="time">The clock; the system's by default.</param>
    /// <returns>Those of them.</returns>
    public static IQueryable<IdentityUserSession<TKey>> Inactive<TKey>(this IQueryable<IdentityUserSession<TKey>> sessions, TimeSpan since, TimeProvider? time = null)
        where TKey : IEquatable<TKey>
    {
        var until = Now(time) - since;
        return sessions.Live(time).Where(row => row.LastSeenAt <= until);
    }

    /// <summary>Puts the most recently active first.</summary>
    /// <typeparam name="TKey">The type of the user's primary key.</typeparam>
    /// <param name="sessions">The sessions.</param>
    /// <returns>The same, in that order.</returns>
    public static IOrderedQueryable<IdentityUserSession<TKey>> ByRecency<TKey>(this IQueryable<IdentityUserSession<TKey>> sessions)
        where TKey : IEquatable<TKey>
    {
        ArgumentNullException.ThrowIfNull(sessions);
        return sessions.OrderByDescending(row => row.LastSeenAt).ThenByDescending(row => row.Id);
    }

    private static DateTimeOffset Now(TimeProvider? time) => (time ?? TimeProvider.System).GetUtcNow();
}
