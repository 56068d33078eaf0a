using System.Diagnostics;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Sessions.Identity.Stores;
using Sessions.Identity.Validation;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>This part: removing what is kept no longer, in ranges of the index by time, so that no lock is held for long.</summary>
internal sealed partial class EntityFrameworkUserSessionStore<TUser, TContext, TKey, TEventKey>
{
    public async IAsyncEnumerable<int> PurgeEventsAsync(DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (options.Value.EventRetention is not { } retention)
        {
            yield break;
        }

        // A decision about all of a person's sessions judges tickets that nobody has seen yet: it stays until none of them can be valid.
        var old = SessionExpiry.Before(now, retention);
        var judgesNoMore = SessionExpiry.Before(now, TimeSpan.FromTicks(Math.Max(retention.Ticks, lifetime.LongestOfAnyKeyless.Ticks)));
        var judgesOutlive = judgesNoMore < old;
        await foreach (var count in PurgeAsync(
            Events, rows => judgesOutlive ? rows.ThatJudgeNothingAfter(judgesNoMore) : rows, row => row.OccurredAt, old, cancellationToken))
        {
            yield return count;
        }

        if (judgesOutlive)
        {
            await BlankJudgesAsync(judgesNoMore, old, cancellationToken);
        }
    }

    public async IAsyncEnumerable<int> PurgeEndedAsync(DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (options.Value.EndedSessionRetention is not { } retention)
        {
            yield break;
        }

        // Copies of an adopted ticket are told by its row that it ended; without it they would be adopted anew. So would tickets from
        // before a backup.
        var adoptUnknownBefore = options.Value.AdoptUnknownBefore ?? DateTimeOffset.MinValue;
        await foreach (var count in PurgeAsync(
            Sessions,
            rows => rows.Where(row => (!row.IsAdopted && row.CreatedAt >= adoptUnknownBefore) || row.ExpiresAt <= now),
            row => row.EndedAt!.Value,
            SessionExpiry.Before(now, retention),
            cancellationToken,
            ForgetMachinesAsync))
        {
            yield return count;
        }
    }

    // In ranges of time that hold so many rows: the statement that removes is one walk along the index, and the next begins where it ended.
    // The range is looked up in the index alone: some of its rows may stay.
    private async IAsyncEnumerable<int> PurgeAsync<TRow>(
        Func<TContext, IQueryable<TRow>> all,
        Func<IQueryable<TRow>, IQueryable<TRow>> which,
        Expression<Func<TRow, DateTimeOffset>> time,
        DateTimeOffset before,
        [EnumeratorCancellation] CancellationToken cancellationToken,
        Func<TContext, IQueryable<TRow>, CancellationToken, Task>? first = null)
        where TRow : class
    {
        var from = DateTimeOffset.MinValue;
        var isLast = false;
        var purged = 0L;
        await using var lease = contexts.Create(_sweepTimeout);
        var database = lease.Context.Database;
        var range = PurgeRange.For(database.ProviderName);
        await using var checkpoints = await RestingCheckpoints.BeginAsync(database, cancellationToken);
        while (!isLast)
        {
            await _turns.NextAsync(database, cancellationToken, checkpoints.MakeAsync);
            var old = all(lease.Context).Where(Within(time, from, before));
            var to = await old.OrderBy(time).Select(time).Skip(range.Rows - 1).Select(at => (DateTimeOffset?)at).FirstOrDefaultAsync(cancellationToken);
            isLast = to is null;
            from = to ?? before;
            var rows = which(isLast ? old : old.Where(Within(time, DateTimeOffset.MinValue, from, orAt: true)));
            var started = Stopwatch.GetTimestamp();
            await (first?.Invoke(lease.Context, rows, cancellationToken) ?? Task.CompletedTask);
            var count = await rows.ExecuteDeleteAsync(cancellationToken);
            range.Took(Stopwatch.GetElapsedTime(started), count);
            purged += count;
            if (count > 0)
            {
                yield return count;
            }
        }

        // Else the next sign-in would make it.
        if (purged > 0)
        {
            await checkpoints.MakeAsync(cancellationToken);
        }
    }

    private static Expression<Func<TRow, bool>> Within<TRow>(
        Expression<Func<TRow, DateTimeOffset>> time, DateTimeOffset from, DateTimeOffset before, bool orAt = false)
    {
        // What is left at the instant where the range before ended is there to stay: to begin with it once more might never end.
        Expression<Func<DateTimeOffset>> first = () => from;
        Expression<Func<DateTimeOffset>> last = () => before;
        var isBefore = orAt ? Expression.LessThanOrEqual(time.Body, last.Body) : Expression.LessThan(time.Body, last.Body);
        return Expression.Lambda<Func<TRow, bool>>(
            from == DateTimeOffset.MinValue ? isBefore : Expression.AndAlso(Expression.GreaterThan(time.Body, first.Body), isBefore), time.Parameters);
    }

    // Those that stay longer than the rest.
    private async Task BlankJudgesAsync(DateTimeOffset after, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var lease = contexts.Create(_sweepTimeout);
        await Events(lease.Context)
            .ThatMayJudge()
            .Where(row => row.OccurredAt > after && row.OccurredAt < before && (row.UserAgent != null || row.IpAddress != null || row.DeviceId != null
                || row.ActorId != null || row.Note != null || row.TraceId != null || row.Browser != null || row.CountryCode != null))
            .ExecuteUpdateAsync(EventBlanks.Personal<TEventKey>, cancellationToken);
    }
}
