using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;
using Sessions.Identity.Validation;

namespace Sessions.Identity.Connections;

/// <summary>Looks up the sessions of all live connections, together, once per interval. No answer is an outage: nobody is thrown out.</summary>
internal sealed class ConnectionMonitor(
    LiveConnections connections,
    AccountCheck account,
    UnwrittenActivity activity,
    IServiceScopeFactory scopes,
    TrackingBoundary boundary,
    IOptions<UserSessionOptions> options,
    TimeProvider time) : IDisposable
{
    private const int PerLookUp = 1_000;

    private readonly Lock _lock = new();
    private readonly HashSet<Guid> _found = [];
    private ITimer? _timer;
    private int _isUnderWay;

    /// <summary>Whether it looks now: what comes due meanwhile is left out.</summary>
    public bool IsLooking => Volatile.Read(ref _isUnderWay) == 1;

    /// <summary>Begins with the first connection: an app without any has no timer.</summary>
    public void Start()
    {
        if (_timer is null && options.Value.LiveConnections.RevalidationInterval is { } interval)
        {
            lock (_lock)
            {
                // Not in the name of the connection that happened to be the first.
                using var flow = ExecutionContext.SuppressFlow();
                _timer ??= time.CreateTimer(_ => _ = RevalidateAsync(), state: null, interval, interval);
            }
        }
    }

    public void Dispose() => _timer?.Dispose();

    private async Task RevalidateAsync()
    {
        if (Interlocked.Exchange(ref _isUnderWay, 1) == 1)
        {
            return;
        }

        try
        {
            foreach (var unfound in connections.Unfound().Chunk(PerLookUp))
            {
                await FindAsync(unfound);
            }

            var live = connections.TakeSessions();
            foreach (var sessions in live.Chunk(PerLookUp))
            {
                await RevalidateAsync(sessions);
            }

            _found.IntersectWith(live.Select(session => session.SessionId));
        }
        finally
        {
            Volatile.Write(ref _isUnderWay, 0);
        }
    }

    private async Task FindAsync(LiveConnection[] unfound)
    {
        IReadOnlyDictionary<string, Guid> ids = new Dictionary<string, Guid>();
        string[] digests = [.. unfound.Select(connection => connection.KeyDigest!).Distinct()];
        await AskAsync(TrackingStep.CheckConnections, async (store, token) => ids = await store.FindIdsAsync(digests, token));
        foreach (var connection in unfound)
        {
            if (ids.TryGetValue(connection.KeyDigest!, out var id))
            {
                connections.Tie(connection, id);
            }
        }
    }

    private async Task RevalidateAsync((Guid SessionId, bool WasActive)[] sessions)
    {
        var now = time.GetUtcNow();
        foreach (var (id, _) in sessions.Where(session => session.WasActive))
        {
            activity.Remember(id, now);
        }

        Dictionary<Guid, SessionRecord>? found = null;
        Guid[] ids = [.. sessions.Select(session => session.SessionId)];
        await AskAsync(TrackingStep.CheckConnections, async (store, token) => found = (await store.FindManyAsync(ids, token)).ToDictionary(record => record.Id));
        if (found is not null)
        {
            EndThatAreOver(ids, found, now);
            await TouchAsync([.. sessions.Where(session => session.WasActive && found.ContainsKey(session.SessionId)).Select(session => session.SessionId)], now);
        }
    }

    private void EndThatAreOver(Guid[] ids, Dictionary<Guid, SessionRecord> found, DateTimeOffset now)
    {
        foreach (var id in ids)
        {
            // Its row is gone with its person. Not one that was never found: a host's database may be another one for each request.
            if (found.TryGetValue(id, out var record) ? IsOver(record, now) : _found.Contains(id))
            {
                connections.End(id);
            }

            if (record is not null)
            {
                _found.Add(id);
            }
        }
    }

    // What isn't ended yet, but must be, the request ends that the closed connection leads to.
    private bool IsOver(SessionRecord session, DateTimeOffset now) =>
        session.EndedAt is not null
        || session.IsUserGone
        || account.EndReasonOf(session) is not null
        || options.Value.CutoffsOfValidTicket(now).IsOver(session with { LastSeenAt = activity.LastSeen(session.Id, session.LastSeenAt) });

    // An end is not undone by it: only live rows are written.
    private async Task TouchAsync(Guid[] active, DateTimeOffset now)
    {
        if (active.Length > 0
            && options.Value.TouchInterval() is { } interval
            && await AskAsync(TrackingStep.TouchSession, (store, token) => store.TouchManyAsync(active, now, SessionExpiry.Before(now, interval), token)))
        {
            Array.ForEach(active, activity.Forget);
        }
    }

    private Task<bool> AskAsync(TrackingStep step, Func<IUserSessionStore, CancellationToken, Task> ask) =>
        boundary.AskStoreAsync(new TrackingBudget(options.Value.TrackingTimeout), step, async token =>
        {
            await using var scope = scopes.CreateAsyncScope();
            await ask(scope.ServiceProvider.GetRequiredService<IUserSessionStore>(), token);
        });
}
