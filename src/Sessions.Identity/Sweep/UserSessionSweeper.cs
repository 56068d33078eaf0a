using System.Text.Json;
using Microsoft.Extensions.Logging;
using Sessions.Identity.Diagnostics;
using Sessions.Identity.Events;
using Sessions.Identity.Stores;
using Sessions.Identity.Validation;

namespace Sessions.Identity;

/// <summary>The sweep: ends sessions whose time is over, prunes, and removes what is kept no longer.</summary>
/// <remarks>
/// It runs by itself every <see cref="UserSessionOptions.SweepInterval"/>, on one node at a time, and can be called. It works in small
/// batches: stopped at any point it loses nothing, and the next run goes on. An instance belongs to one scope.
/// </remarks>
public sealed class UserSessionSweeper
{
    private const int SessionsPerWrite = 500;

    // What the last sweep has written is not written again.
    private static readonly TimeSpan _once = TimeSpan.FromSeconds(1);

    private readonly IUserSessionMaintenance _store;
    private readonly UnwrittenActivity _activity;
    private readonly HookQueue _hooks;
    private readonly TimeProvider _time;
    private readonly ILogger<UserSessionSweeper> _logger;

    /// <summary>Made by the container.</summary>
    internal UserSessionSweeper(IUserSessionMaintenance store, UnwrittenActivity activity, HookQueue hooks, TimeProvider time, ILogger<UserSessionSweeper> logger)
    {
        _store = store;
        _activity = activity;
        _hooks = hooks;
        _time = time;
        _logger = logger;
    }

    /// <summary>Sweeps now.</summary>
    /// <param name="cancellationToken">The token to monitor for cancellation requests. What is committed by then stays.</param>
    /// <returns>What was done, or <see langword="null"/> if another node is sweeping just now.</returns>
    public Task<SessionSweepResult?> SweepAsync(CancellationToken cancellationToken = default) => SweepAsync(dueBefore: null, cancellationToken);

    /// <summary>Reads what the last complete run did, on whatever node.</summary>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>Its result, or <see langword="null"/> if there was none yet.</returns>
    public async Task<SessionSweepResult?> GetLastResultAsync(CancellationToken cancellationToken = default) =>
        await _store.FindLastSweepAsync(cancellationToken) is { } json ? JsonSerializer.Deserialize(json, StoredJson.Default.SessionSweepResult) : null;

    /// <summary>Sweeps, unless a run began after the given time.</summary>
    internal async Task<SessionSweepResult?> SweepAsync(DateTimeOffset? dueBefore, CancellationToken cancellationToken)
    {
        await using var lease = await _store.TryLeaseAsync(cancellationToken);
        if (lease is null || (dueBefore is { } due && await GetLastResultAsync(cancellationToken) is { } last && last.StartedAt > due))
        {
            return null;
        }

        var result = await RunAsync(lease, cancellationToken);
        await lease.CompleteAsync(result.CompletedAt, JsonSerializer.Serialize(result, StoredJson.Default.SessionSweepResult), cancellationToken);
        _logger.Swept(result.ExpiredCount, result.PrunedCount, result.PurgedEventCount, result.PurgedSessionCount, result.ForgottenUserCount);
        return result;
    }

    private async Task<SessionSweepResult> RunAsync(ISweepLease lease, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        await WriteActivityAsync(cancellationToken);
        var expired = await EndAsync(_store.ExpireAsync(now, cancellationToken), lease, cancellationToken);
        var pruned = await EndAsync(_store.PruneAsync(now, cancellationToken), lease, cancellationToken);
        var events = await CountAsync(_store.PurgeEventsAsync(now, cancellationToken), lease, cancellationToken);
        var sessions = await CountAsync(_store.PurgeEndedAsync(now, cancellationToken), lease, cancellationToken);
        await _store.PurgeBurstsAsync(now, cancellationToken);
        await _store.PurgeEndingsAsync(now, cancellationToken);
        var people = await CountAsync(_store.ForgetVanishedAsync(now, cancellationToken), lease, cancellationToken);
        return new SessionSweepResult
        {
            StartedAt = now,
            CompletedAt = _time.GetUtcNow(),
            ExpiredCount = expired,
            PrunedCount = pruned,
            PurgedEventCount = events,
            PurgedSessionCount = sessions,
            ForgottenUserCount = people,
        };
    }

    // What this node could not write at its time, minute by minute: nobody is taken to have been active later than they were.
    private async Task WriteActivityAsync(CancellationToken cancellationToken)
    {
        foreach (var digests in _activity.Unread().Chunk(SessionsPerWrite))
        {
            foreach (var (digest, id) in await _store.FindIdsAsync(digests, cancellationToken))
            {
                _activity.Read(digest, id);
            }
        }

        foreach (var minute in _activity.Seen().GroupBy(seen => seen.At.UtcTicks / TimeSpan.TicksPerMinute))
        {
            var at = minute.Min(seen => seen.At);
            foreach (var ids in minute.Select(seen => seen.SessionId).Chunk(SessionsPerWrite))
            {
                await _store.TouchManyAsync(ids, at, at - _once, cancellationToken);
            }
        }
    }

    private async Task<int> EndAsync(IAsyncEnumerable<IReadOnlyList<SessionEventInfo>> batches, ISweepLease lease, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var batch in batches.WithCancellation(cancellationToken))
        {
            count += batch.Count;
            await _hooks.PublishAsync(batch, cancellationToken);
            await lease.KeepAsync(cancellationToken);
        }

        return count;
    }

    private static async Task<int> CountAsync(IAsyncEnumerable<int> batches, ISweepLease lease, CancellationToken cancellationToken)
    {
        var count = 0;
        await foreach (var batch in batches.WithCancellation(cancellationToken))
        {
            count += batch;
            await lease.KeepAsync(cancellationToken);
        }

        return count;
    }
}
