using System.Collections.Concurrent;

namespace Sessions.Identity.Connections;

/// <summary>Whose the Blazor circuits of this process are. Whoever comes back to one with another session, or none, gets a new one.</summary>
internal sealed class CircuitOwners(TimeProvider time)
{
    // Beyond that a circuit is not known, and its page is loaded anew when its connection was lost.
    private const int Most = 100_000;

    // Blazor keeps what a circuit had for two hours by default after its connection was lost.
    private static readonly TimeSpan _kept = TimeSpan.FromHours(12);
    private static readonly TimeSpan _betweenDrops = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Ownership> _ofCircuit = new(StringComparer.Ordinal);
    private long _nextDrop;

    /// <summary>Keeps the owner of a circuit, by the digest of its secret.</summary>
    public void Set(string secret, string? owner)
    {
        var now = time.GetUtcNow();
        if (_ofCircuit.Count >= Most)
        {
            Drop(now);
        }

        if (_ofCircuit.Count < Most)
        {
            _ofCircuit[SecretDigest.Of(secret)] = new Ownership(owner, now);
        }
    }

    /// <summary>Whether a circuit belongs to whoever comes back to it. One that is not known here doesn't.</summary>
    public bool IsOf(string? secret, string? owner)
    {
        if (secret is null || !_ofCircuit.TryGetValue(SecretDigest.Of(secret), out var ownership) || ownership.Owner != owner)
        {
            return false;
        }

        _ofCircuit.TryUpdate(SecretDigest.Of(secret), ownership with { At = time.GetUtcNow() }, ownership);
        return true;
    }

    private void Drop(DateTimeOffset now)
    {
        var next = Volatile.Read(ref _nextDrop);
        if (now.UtcTicks < next || Interlocked.CompareExchange(ref _nextDrop, (now + _betweenDrops).UtcTicks, next) != next)
        {
            return;
        }

        foreach (var entry in _ofCircuit.Where(entry => entry.Value.At <= now - _kept))
        {
            _ofCircuit.TryRemove(entry);
        }
    }

    private sealed record Ownership(string? Owner, DateTimeOffset At);
}
