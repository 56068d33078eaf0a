using System.Collections.Concurrent;

namespace Sessions.Identity.Validation;

/// <summary>Signs of life that could not be written. Who was active in an outage must not be found idle after it.</summary>
internal sealed class UnwrittenActivity
{
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _seen = new();

    public void Remember(Guid sessionId, DateTimeOffset at)
    {
        if (_seen.Count < Most || _seen.ContainsKey(sessionId))
        {
            _seen[sessionId] = at;
        }
    }

    public void Forget(Guid sessionId) => _seen.TryRemove(sessionId, out _);

    public DateTimeOffset LastSeen(Guid sessionId, DateTimeOffset written) =>
        _seen.TryGetValue(sessionId, out var at) && at > written ? at : written;
}
