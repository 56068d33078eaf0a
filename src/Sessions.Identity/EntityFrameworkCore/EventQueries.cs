using Sessions.Identity.Stores;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>Conditions on the trail that read like its questions.</summary>
internal static class EventQueries
{
    public static IQueryable<IdentitySessionEvent<TEventKey>> OfUser<TEventKey>(this IQueryable<IdentitySessionEvent<TEventKey>> events, string userId) =>
        events.ForUser(SessionRows.EventUser<TEventKey>(userId)!);

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

    /// <summary>The part of the trail that a filter's span of time names.</summary>
    public static IQueryable<IdentitySessionEvent<TEventKey>> Within<TEventKey>(this IQueryable<IdentitySessionEvent<TEventKey>> events, SessionHistoryFilter filter)
    {
        if (filter.From is { } from)
        {
            events = events.Where(row => row.OccurredAt >= from);
        }

        return filter.Before is { } before ? events.Where(row => row.OccurredAt < before) : events;
    }

    /// <summary>The events of a user that belong to a group. A kind that a later version writes belongs to security: better seen than missed.</summary>
    public static IQueryable<IdentitySessionEvent<TEventKey>> InGroup<TEventKey>(this IQueryable<IdentitySessionEvent<TEventKey>> events, SessionEventGroup group) => group switch
    {
        SessionEventGroup.SignIns => events.Where(row => row.Kind == SessionEventKind.SignedIn),
        SessionEventGroup.Failed => events.Where(row => row.Kind == SessionEventKind.SignInFailed),
        SessionEventGroup.Security => events.Where(row => row.IsNewDevice || row.IsImpossibleTravel
            || (row.Kind != SessionEventKind.SignedIn && row.Kind != SessionEventKind.SignInFailed
                && row.Kind != SessionEventKind.SignedOut && row.Kind != SessionEventKind.Expired)),
        _ => events,
    };

    /// <summary>Decisions about all or the others of a user's sessions, made when or after a ticket was issued.</summary>
    public static IQueryable<IdentitySessionEvent<TEventKey>> ThatJudge<TEventKey>(
        this IQueryable<IdentitySessionEvent<TEventKey>> events, DateTimeOffset? issuedAt)
    {
        var decisions = events.ThatMayJudge();
        if (issuedAt is not { } issued)
        {
            return decisions;
        }

        return decisions.Where(row => row.OccurredAt >= issued);
    }

    /// <summary>Events that may yet judge a ticket which nobody has seen: decisions about all or the others of a user's sessions.</summary>
    public static IQueryable<IdentitySessionEvent<TEventKey>> ThatMayJudge<TEventKey>(this IQueryable<IdentitySessionEvent<TEventKey>> events) =>
        events.Where(row => row.Kind == SessionEventKind.Revoked && (row.EndScope == EndScope.All || row.EndScope == EndScope.Others));

    /// <summary>All but those of after a time that may judge.</summary>
    public static IQueryable<IdentitySessionEvent<TEventKey>> ThatJudgeNothingAfter<TEventKey>(this IQueryable<IdentitySessionEvent<TEventKey>> events, DateTimeOffset time) =>
        events.Where(row => row.OccurredAt <= time || row.Kind != SessionEventKind.Revoked || row.EndScope == null || (row.EndScope != EndScope.All && row.EndScope != EndScope.Others));

    /// <summary>The line that stays of somebody who was forgotten while their account goes on.</summary>
    public static IQueryable<IdentitySessionEvent<TEventKey>> OfForgotten<TEventKey>(this IQueryable<IdentitySessionEvent<TEventKey>> events, string userId)
    {
        var key = SessionRows.ForgottenKey(userId);
        return events.Where(row => row.WriteKey == key);
    }
}
