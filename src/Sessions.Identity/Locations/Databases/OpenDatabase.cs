using MaxMind.GeoIP2;

namespace Sessions.Identity.Locations.Databases;

/// <summary>A database that was opened. It is closed when the last of those who read it is done.</summary>
internal sealed class OpenDatabase(DatabaseReader reader, DatabaseContent content)
{
    private int _users = 1;

    public DatabaseReader Reader { get; } = reader;

    public DatabaseContent Content { get; } = content;

    public bool TryAcquire()
    {
        var users = Volatile.Read(ref _users);
        while (users > 0)
        {
            var before = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (before == users)
            {
                return true;
            }

            users = before;
        }

        return false;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            Reader.Dispose();
        }
    }
}
