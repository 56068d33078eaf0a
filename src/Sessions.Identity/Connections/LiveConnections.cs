using Microsoft.Extensions.Options;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Connections;

/// <summary>The live connections of this process, by their session.</summary>
internal sealed class LiveConnections(TrackingBoundary boundary, IOptions<UserSessionOptions> options)
{
    private readonly Dictionary<Guid, HashSet<LiveConnection>> _ofSession = [];

    // Begun while the registry gave no answer.
    private readonly HashSet<LiveConnection> _unfound = [];
    private readonly Lock _lock = new();

    public void Add(LiveConnection connection)
    {
        lock (_lock)
        {
            if (connection.SessionId is { } id)
            {
                Add(id, connection);
            }
            else if (connection.KeyDigest is not null)
            {
                _unfound.Add(connection);
            }
        }
    }

    public void Remove(LiveConnection connection)
    {
        lock (_lock)
        {
            _unfound.Remove(connection);
            if (connection.SessionId is { } id && _ofSession.TryGetValue(id, out var connections) && connections.Remove(connection) && connections.Count == 0)
            {
                _ofSession.Remove(id);
            }
        }
    }

    /// <summary>The connections whose session is yet to be found.</summary>
    public IReadOnlyList<LiveConnection> Unfound()
    {
        lock (_lock)
        {
            return [.. _unfound];
        }
    }

    /// <summary>Ties a connection to the session that was found for it.</summary>
    public void Tie(LiveConnection connection, Guid sessionId)
    {
        lock (_lock)
        {
            if (_unfound.Remove(connection))
            {
                connection.SessionId = sessionId;
                Add(sessionId, connection);
            }
        }
    }

    /// <summary>Told of every event of the trail as it is written.</summary>
    public void Told(SessionEventInfo sessionEvent)
    {
        if (options.Value.LiveConnections.EndAtOnce
            && sessionEvent is { SessionId: { } id, Kind: SessionEventKind.Revoked or SessionEventKind.SignedOut or SessionEventKind.Expired })
        {
            End(id);
        }
    }

    /// <summary>Closes all connections of a session.</summary>
    public void End(Guid sessionId)
    {
        foreach (var connection in Of(sessionId))
        {
            boundary.Run(TrackingStep.RunHook, connection.End);
        }
    }

    /// <summary>The sessions that have connections, and whether their person did something since this was last asked.</summary>
    public IReadOnlyList<(Guid SessionId, bool WasActive)> TakeSessions()
    {
        lock (_lock)
        {
            return [.. _ofSession.Select(entry => (entry.Key, TakeActivity(entry.Value)))];
        }
    }

    private void Add(Guid sessionId, LiveConnection connection)
    {
        if (!_ofSession.TryGetValue(sessionId, out var connections))
        {
            _ofSession[sessionId] = connections = [];
        }

        connections.Add(connection);
    }

    // Each is asked, and begins anew.
    private static bool TakeActivity(HashSet<LiveConnection> connections)
    {
        var wasActive = false;
        foreach (var connection in connections)
        {
            wasActive |= connection.TakeActivity();
        }

        return wasActive;
    }

    private LiveConnection[] Of(Guid sessionId)
    {
        lock (_lock)
        {
            return _ofSession.TryGetValue(sessionId, out var connections) ? [.. connections] : [];
        }
    }
}
