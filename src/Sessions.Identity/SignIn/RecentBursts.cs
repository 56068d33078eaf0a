using System.Collections.Concurrent;
using System.Globalization;

namespace Sessions.Identity.SignIn;

/// <summary>Remembers, within a fixed bound, which addresses were refused just now, so that a burst is told once.</summary>
internal sealed class RecentBursts
{
    private const int Capacity = 10_000;

    private static readonly TimeSpan _quiet = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, long> _last = new();

    /// <summary>Notes a refusal.</summary>
    /// <returns>The key of the burst that it begins, or <see langword="null"/> if it goes on with one.</returns>
    public string? Begins(string address, DateTimeOffset at)
    {
        var begins = true;
        _last.AddOrUpdate(address, at.UtcTicks, (_, last) =>
        {
            begins = at.UtcTicks - last >= _quiet.Ticks;
            return Math.Max(last, at.UtcTicks);
        });
        MakeRoom(at);

        // Nodes that see the same burst at about the same time write it once: the key is unique.
        return begins ? string.Create(CultureInfo.InvariantCulture, $"limited:{SecretDigest.Of(address)[..32]}:{at.UtcTicks / _quiet.Ticks}") : null;
    }

    // Addresses are the attacker's to choose: when there are too many, those that are quiet go, and if none is, all do.
    private void MakeRoom(DateTimeOffset now)
    {
        if (_last.Count <= Capacity)
        {
            return;
        }

        foreach (var old in _last.Where(entry => now.UtcTicks - entry.Value >= _quiet.Ticks))
        {
            _last.TryRemove(old);
        }

        if (_last.Count > Capacity)
        {
            _last.Clear();
        }
    }
}
