using System.Collections.Concurrent;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>
/// Keeps a few prepared look-ups of a SQLite file at hand: preparing the statement costs twice what running it does, and takes locks that
/// all threads share. A database file that was replaced is noticed before it is asked.
/// </summary>
internal sealed class HeldLookups(Func<string, HeldLookup> open) : IDisposable
{
    private const int MostFiles = 8;

    private static readonly int _mostPerFile = Environment.ProcessorCount * 2;

    private readonly ConcurrentDictionary<string, ConcurrentStack<HeldLookup>> _byFile = new();
    private volatile bool _isDisposed;

    public HeldLookup Rent(string connectionString)
    {
        while (_byFile.TryGetValue(connectionString, out var held) && held.TryPop(out var lookup))
        {
            if (lookup.IsCurrent())
            {
                return lookup;
            }

            lookup.Dispose();
        }

        return open(connectionString);
    }

    public void Return(HeldLookup lookup)
    {
        var held = _byFile.TryGetValue(lookup.ConnectionString, out var known) ? known
            : _byFile.Count < MostFiles ? _byFile.GetOrAdd(lookup.ConnectionString, static _ => new ConcurrentStack<HeldLookup>())
            : null;
        if (held is null || held.Count >= _mostPerFile || _isDisposed)
        {
            lookup.Dispose();
            return;
        }

        held.Push(lookup);
    }

    public void Dispose()
    {
        _isDisposed = true;
        foreach (var held in _byFile.Values)
        {
            while (held.TryPop(out var lookup))
            {
                lookup.Dispose();
            }
        }
    }
}
