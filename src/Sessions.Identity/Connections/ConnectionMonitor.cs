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
    IServiceScopeFactory scopes,
    TrackingBoundary boundary,
    IOptions<UserSessionOptions> options,
    TimeProvider time) : IDisposable
{
    private const int SessionsPerLookUp = 1_000;

    private readonly Lock _lock = new();
    private ITimer? _timer;
    private int _isUnderWay;

    /// <summary>Begins with the first connection: an app without any has no timer.</summary>
    public void Start()
    {
        if (_timer is null && options.Value.LiveConnections.RevalidationInterval is { } interval)
        {
            lock (_lock)
            {
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
            foreach (var sessions in connections.TakeSessions().Chunk(SessionsPerLookUp))
            {
                await RevalidateAsync(sessions);
            }
        }
        finally
        {
            Volatile.Write(ref _isUnderWay, 0);
        }
    }

    private async Task RevalidateAsync((Guid SessionId, bool WasActive)[] sessions)
    {
        Dictionary<Guid, SessionRecord>? found = null;
        Guid[] ids = [.. sessions.Select(session => session.SessionId)];
        await AskAsync(async (store, token) => found = (await store.FindManyAsync(ids, token)).ToDictionary(record => record.Id));
        if (found is null)
        {
            return;
        }

        var now = time.GetUtcNow();
        var active = new List<Guid>();
        foreach (var (id, wasActive) in sessions)
        {
            if (!found.TryGetValue(id, out var record) || IsOver(wasActive ? record with { LastSeenAt = now } : record, now))
            {
                connections.End(id);
            }
            else if (wasActive)
            {
                active.Add(id);
            }
        }

        if (active.Count > 0 && options.Value.TouchInterval() is { } interval)
        {
            await AskAsync((store, token) => store.TouchManyAsync(active, now, SessionExpiry.Before(now, interval), token));
        }
    }

    // What isn't ended yet, but must be, the request ends that the closed connection leads to.
    private bool IsOver(SessionRecord session, DateTimeOffset now) =>
        session.EndedAt is not null || session.IsUserGone || account.EndReasonOf(session) is not null || options.Value.CutoffsOfValidTicket(now).IsOver(session);

    private async Task AskAsync(Func<IUserSessionStore, CancellationToken, Task> ask) =>
        await boundary.AskStoreAsync(new TrackingBudget(options.Value.TrackingTimeout), TrackingStep.CheckSession, async token =>
        {
            await using var scope = scopes.CreateAsyncScope();
            await ask(scope.ServiceProvider.GetRequiredService<IUserSessionStore>(), token);
        });
}
