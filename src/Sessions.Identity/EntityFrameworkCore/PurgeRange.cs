namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>
/// How many rows a purge removes at once. Each removal writes most pages of the indexes anew, so that few large ones are cheaper than many
/// small ones; where others wait for it, it grows only as long as they don't wait long.
/// </summary>
internal sealed class PurgeRange
{
    private const int Small = 2_000;
    private const int Large = 20_000;

    // How long an app's own write may wait for one. A sign-in is given up only after many times that.
    private static readonly TimeSpan _short = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _long = TimeSpan.FromMilliseconds(250);

    private readonly bool _adapts;

    private PurgeRange(int rows, bool adapts) => (Rows, _adapts) = (rows, adapts);

    public int Rows { get; private set; }

    /// <summary>On PostgreSQL a DELETE is in nobody's way. SQLite has one writer. SQL Server locks the whole table from 5,000 locks on, and of others we don't know.</summary>
    public static PurgeRange For(string? providerName) => providerName switch
    {
        ProviderNames.Postgres => new(Large, adapts: false),
        ProviderNames.Sqlite => new(Small, adapts: true),
        _ => new(Small, adapts: false),
    };

    /// <summary>Tells how long the last one took, and how many rows it removed: one that found few to remove tells nothing of how long a full one takes.</summary>
    public void Took(TimeSpan time, int removed)
    {
        if (_adapts && time < _short && removed >= Rows / 2)
        {
            Rows = Math.Min(Rows * 2, Large);
        }
        else if (_adapts && time > _long)
        {
            Rows = Math.Max(Rows / 2, Small);
        }
    }
}
