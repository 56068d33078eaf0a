using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Validation;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>This part: how often somebody signed in, by day. Counted by the database, and no further than people look.</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey>
{
    private const int MostCounted = 10_000;

    public async Task<IReadOnlyList<SignInDay>> CountSignInsAsync(string userId, DateOnly first, CancellationToken cancellationToken)
    {
        await using var lease = Lease();
        var context = lease.Context;
        var keptSince = SessionExpiry.Before(time.GetUtcNow(), options.Value.EventRetention);
        var firstMoment = new DateTimeOffset(first.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
        var since = firstMoment > keptSince ? firstMoment : keptSince;

        var days = (await CountAsync(context, Events(context).OfUser(userId).InGroup(SessionEventGroup.SignIns), since, cancellationToken))
            .ConvertAll(day => new SignInDay(day.Day, day.Count, 0));
        foreach (var failures in await FailuresOfAsync(context, userId, cancellationToken))
        {
            var counted = await CountAsync(context, failures.Since, since, cancellationToken);
            counted.AddRange(await CountAsync(context, failures.NewestBefore(rows => rows.Where(row => row.OccurredAt >= since)), since, cancellationToken));
            days.AddRange(counted.Select(day => new SignInDay(day.Day, 0, day.Count)));
        }

        return [.. days.GroupBy(day => day.Day).Select(day => new SignInDay(day.Key, day.Sum(part => part.SignIns), day.Sum(part => part.Failures)))];
    }

    private static async Task<List<(DateOnly Day, int Count)>> CountAsync(
        TContext context, IQueryable<IdentitySessionEvent<TEventKey>> events, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var counted = await events.Where(row => row.OccurredAt >= since)
            .NewestFirst()
            .Take(MostCounted)
            .GroupBy(DayOf(context))
            .Select(day => new { day.Key, Count = day.Count() })
            .ToListAsync(cancellationToken);
        return counted.ConvertAll(day => (DateOnly.FromDateTime(day.Key), day.Count));
    }

    // The column holds a time of UTC. SQLite's provider knows the day of a DateTime only, the others that of the property as it is.
    private static Expression<Func<IdentitySessionEvent<TEventKey>, DateTime>> DayOf(TContext context) =>
        context.Database.ProviderName == ProviderNames.Sqlite
            ? row => ((DateTime)(object)row.OccurredAt).Date
            : row => row.OccurredAt.Date;
}
