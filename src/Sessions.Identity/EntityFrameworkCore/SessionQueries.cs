using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>Conditions on the registry that read like its questions.</summary>
internal static class SessionQueries
{
    /// <summary>Live sessions whose ticket can still be valid: what is shown and counted.</summary>
    public static IQueryable<IdentityUserSession<TKey>> ThatCanBeValid<TKey>(this IQueryable<IdentityUserSession<TKey>> sessions, ExpiryCutoffs cutoffs)
        where TKey : IEquatable<TKey>
    {
        var (ticketEndsBy, createdBy, seenBy) = (cutoffs.TicketEndsBy, cutoffs.CreatedBy, cutoffs.SeenBy);
        return sessions.Where(row => row.EndedAt == null
            && (row.ExpiresAt == null || row.ExpiresAt > ticketEndsBy) && row.CreatedAt > createdBy && row.LastSeenAt > seenBy);
    }

    /// <summary>Live sessions whose time is over.</summary>
    public static IQueryable<IdentityUserSession<TKey>> ThatAreOver<TKey>(this IQueryable<IdentityUserSession<TKey>> sessions, ExpiryCutoffs cutoffs)
        where TKey : IEquatable<TKey>
    {
        var (ticketEndsBy, createdBy, seenBy) = (cutoffs.TicketEndsBy, cutoffs.CreatedBy, cutoffs.SeenBy);
        return sessions.Where(row => row.EndedAt == null
            && (row.ExpiresAt <= ticketEndsBy || row.CreatedAt <= createdBy || row.LastSeenAt <= seenBy));
    }

    /// <summary>The sessions that come after a place in a list of those begun last first.</summary>
    public static IQueryable<IdentityUserSession<TKey>> After<TKey>(this IQueryable<IdentityUserSession<TKey>> sessions, HistoryCursor? cursor)
        where TKey : IEquatable<TKey>
    {
        if (cursor is not { } place)
        {
            return sessions;
        }

        var time = place.OccurredAt;
        var id = place.Id;
        return sessions.Where(row => row.CreatedAt <= time && (row.CreatedAt < time || row.Id.CompareTo(id) < 0));
    }
}
