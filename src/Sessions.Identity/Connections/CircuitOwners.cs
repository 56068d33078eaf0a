using System.Collections.Concurrent;

namespace Sessions.Identity.Connections;

/// <summary>Whose the Blazor circuits of this process are. Whoever comes back to one with another session, or none, gets a new one.</summary>
internal sealed class CircuitOwners(TimeProvider time)
{
    // Blazor keeps what a circuit had for two hours by default after its connection was lost.
    private static readonly TimeSpan _kept = TimeSpan.FromHours(12);

    private const int Most = 100_000;

    private readonly ConcurrentDictionary<string, Ownership> _ofCircuit = new(StringComparer.Ordinal);

    /// <summary>Keeps the owner of a circuit, by the digest of its secret.</summary>
    public void Set(string secret, string? owner)
    {
        if (_ofCircuit.Count >= Most)
        {
            Drop(time.GetUtcNow() - _kept);
        }

        _ofCircuit[SecretDigest.Of(secret)] = new Ownership(owner, time.GetUtcNow());
    }

    /// <summary>Whether a circuit belongs to whoever comes back to it. One that is not known here doesn't.</summary>
    public bool IsOf(string? secret, string? owner) =>
        secret is not null && _ofCircuit.TryGetValue(SecretDigest.Of(secret), out var ownership) && ownership.Owner == owner;

    private void Drop(DateTimeOffset before)
    {
        foreach (var entry in _ofCircuit.Where(entry => entry.Value.At <= before))
        {
            _ofCircuit.TryRemove(entry);
        }
    }

    private sealed record Ownership(string? Owner, DateTimeOffset At);
}
