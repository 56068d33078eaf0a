using System.Linq.Expressions;
using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>Conditions on the trail that read like its questions.</summary>
internal static class EventQueries
{
    public static IQueryable<IdentitySessionEvent<TEventKey>> OfUser<TEventKey>(this IQueryable<IdentitySessionEvent<TEventKey>> events, string userId)
    {
        // The column may be nullable where the key is not, so the comparison is built for whatever type it has.
        var row = Expression.Parameter(typeof(IdentitySessionEvent<TEventKey>));
        Expression<Func<TEventKey?>> value = Captured(SessionRows.EventUser<TEventKey>(userId));
        var isUser = Expression.Equal(Expression.Property(row, nameof(IdentitySessionEvent<>.UserId)), value.Body);
        return events.Where(Expression.Lambda<Func<IdentitySessionEvent<TEventKey>, bool>>(isUser, row));
    }

    public static IQueryable<IdentitySessionEvent<TEventKey>> After<TEventKey>(this IQueryable<IdentitySessionEvent<TEventKey>> events, HistoryCursor? cursor)
    {
        if (cursor is not { } place)
        {
            return events;
        }

        var time = place.OccurredAt;
        var id = place.Id;
        return events.Where(row => row.OccurredAt <= time && (row.OccurredAt < time || row.Id.CompareTo(id) < 0));
    }

    public static IQueryable<IdentitySessionEvent<TEventKey>> NewestFirst<TEventKey>(this IQueryable<IdentitySessionEvent<TEventKey>> events) =>
        events.OrderByDescending(row => row.OccurredAt).ThenByDescending(row => row.Id);

    /// <summary>Decisions about all or the others of a user's sessions, made when or after a ticket was issued.</summary>
    public static IQueryable<IdentitySessionEvent<TEventKey>> ThatJudge<TEventKey>(
        this IQueryable<IdentitySessionEvent<TEventKey>> events, string userId, DateTimeOffset? issuedAt)
    {
        var decisions = events.OfUser(userId).Where(row =>
            row.Kind == SessionEventKind.Revoked && (row.EndScope == EndScope.All || row.EndScope == EndScope.Others));
        if (issuedAt is not { } issued)
        {
            return decisions;
        }

        return decisions.Where(row => row.OccurredAt >= issued);
    }

    private static Expression<Func<T>> Captured<T>(T value) => () => value;
}
