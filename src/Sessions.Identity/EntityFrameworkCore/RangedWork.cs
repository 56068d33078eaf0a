using System.Diagnostics;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>Changes that reach any number of rows, made in ranges along an index, so that no lock is held for long (docs/decisions/0098).</summary>
/// <remarks>For several of them in turn, on one context.</remarks>
internal sealed class RangedWork : IAsyncDisposable
{
    private readonly DatabaseFacade _database;
    private readonly WriterTurns _turns;
    private readonly RestingCheckpoints _checkpoints;
    private readonly PurgeRange _range;
    private bool _isLong;

    private RangedWork(DatabaseFacade database, WriterTurns turns, RestingCheckpoints checkpoints)
    {
        (_database, _turns, _checkpoints) = (database, turns, checkpoints);
        _range = PurgeRange.For(database.ProviderName);
    }

    public static async Task<RangedWork> BeginAsync(DatabaseFacade database, WriterTurns turns, CancellationToken cancellationToken) =>
        new(database, turns, await RestingCheckpoints.BeginAsync(database, cancellationToken));

    /// <summary>Changes rows, those of the earliest time first, until none is left.</summary>
    /// <param name="rows">The rows, as an index has them in the order of the time.</param>
    /// <param name="time">Their time.</param>
    /// <param name="change">What is done with a range of them. Afterwards none of it may be among the rows any more.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests. What was changed by then stays changed.</param>
    /// <returns>The number of rows of each range that another one follows.</returns>
    public async IAsyncEnumerable<int> ChangeAsync<TRow>(
        IQueryable<TRow> rows,
        Expression<Func<TRow, DateTimeOffset>> time,
        Func<IQueryable<TRow>, CancellationToken, Task<int>> change,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await _turns.NextAsync(_database, cancellationToken, _checkpoints.MakeAsync);
            if (await EndOfRangeAsync(rows, time, cancellationToken) is not { } to)
            {
                await change(rows, cancellationToken);
                yield break;
            }

            _isLong = true;
            yield return await ChangeAsync(rows.Where(Until(time, to)), change, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Else the next sign-in would make it.
        if (_isLong)
        {
            await _checkpoints.MakeAsync(CancellationToken.None);
        }

        await _checkpoints.DisposeAsync();
    }

    private Task<DateTimeOffset?> EndOfRangeAsync<TRow>(
        IQueryable<TRow> rows, Expression<Func<TRow, DateTimeOffset>> time, CancellationToken cancellationToken) =>
        rows.OrderBy(time).Select(time).Skip(_range.Rows - 1).Select(at => (DateTimeOffset?)at).FirstOrDefaultAsync(cancellationToken);

    private async Task<int> ChangeAsync<TRow>(
        IQueryable<TRow> range, Func<IQueryable<TRow>, CancellationToken, Task<int>> change, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var count = await change(range, cancellationToken);
        _range.Took(Stopwatch.GetElapsedTime(started), count);
        return count;
    }

    private static Expression<Func<TRow, bool>> Until<TRow>(Expression<Func<TRow, DateTimeOffset>> time, DateTimeOffset to)
    {
        Expression<Func<DateTimeOffset>> last = () => to;
        return Expression.Lambda<Func<TRow, bool>>(Expression.LessThanOrEqual(time.Body, last.Body), time.Parameters);
    }
}
