using System.Net;
using Microsoft.Extensions.Logging;
using Sessions.Identity.Diagnostics;

namespace Sessions.Identity.Locations.Databases;

/// <summary>
/// A database at a path: opened when it is first asked, swapped when the file is another one, safe to ask from many threads. A file that is
/// missing or can't be used is warned of once, and what was opened before stays in use.
/// </summary>
internal sealed class LocationDatabase(
    DatabaseRole role, string givenPath, string path, IReadOnlyList<string> locales, TimeProvider time, ILogger logger) : IDisposable
{
    /// <summary>How often the file is looked at, at most.</summary>
    public static readonly TimeSpan RecheckInterval = TimeSpan.FromSeconds(10);

    private readonly Lock _looking = new();
    private OpenDatabase? _current;
    private FileStamp? _settled; // the file that is open, or that was found to be unusable
    private string? _warned;
    private long _lastLook;
    private bool _isDisposed;

    /// <summary>Asks the database. A fault in it, as a corrupt file has them, gives nothing.</summary>
    public T? Read<T>(IPAddress address, Func<OpenDatabase, IPAddress, T?> read)
        where T : class
    {
        if (Acquire() is not { } open)
        {
            return null;
        }

        try
        {
            return read(open, address);
        }
#pragma warning disable CA1031 // A corrupt file makes its reader throw nearly anything.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            WarnOnce($"it is corrupt ({fault.GetType().Name})");
            return null;
        }
        finally
        {
            open.Release();
        }
    }

    public void Dispose()
    {
        lock (_looking)
        {
            _isDisposed = true;
            Interlocked.Exchange(ref _current, null)?.Release();
        }
    }

    private OpenDatabase? Acquire()
    {
        if (IsDue())
        {
            Look();
        }

        while (Volatile.Read(ref _current) is { } current)
        {
            if (current.TryAcquire())
            {
                return current;
            }
        }

        return null;
    }

    // The first wait for the file to be opened. Later it is one who looks, while the others go on with what is open.
    private void Look()
    {
        if (Volatile.Read(ref _current) is null)
        {
            _looking.Enter();
        }
        else if (!_looking.TryEnter())
        {
            return;
        }

        try
        {
            if (!_isDisposed && IsDue())
            {
                OpenIfNew();
                Interlocked.Exchange(ref _lastLook, time.GetTimestamp());
            }
        }
        finally
        {
            _looking.Exit();
        }
    }

    private bool IsDue()
    {
        var last = Interlocked.Read(ref _lastLook);
        return last == 0 || time.GetElapsedTime(last) >= RecheckInterval;
    }

    private void OpenIfNew()
    {
        FileStamp? stamp = null;
        try
        {
            stamp = FileStamp.Of(path);
            if (stamp is null)
            {
                _settled = null;
                WarnOnce("there is no such file");
            }
            else if (stamp != _settled)
            {
                Open(stamp);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            WarnOnce($"it can't be read ({fault.GetType().Name})");
        }
#pragma warning disable CA1031 // What is no database makes its reader throw nearly anything.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            if (IsStill(stamp))
            {
                _settled = stamp;
                WarnOnce($"it is no MaxMind database, or a corrupt one ({fault.GetType().Name})");
            }
        }
    }

    private void Open(FileStamp stamp)
    {
        var reader = DatabaseCopy.Open(path, locales);
        var type = reader.Metadata.DatabaseType;
        var content = DatabaseRole.ContentOf(type);
        if (!IsStill(stamp))
        {
            reader.Dispose(); // It is being written just now: the next look finds it whole.
            return;
        }

        _settled = stamp;
        if (!role.Accepted.Contains(content))
        {
            reader.Dispose();
            WarnOnce($"it is a {type} database, but {role.Needed} database is needed");
            return;
        }

        Volatile.Write(ref _warned, null);
        Interlocked.Exchange(ref _current, new OpenDatabase(reader, content))?.Release();
        logger.DatabaseOpened(givenPath, type, reader.Metadata.BuildDate);
    }

    private bool IsStill(FileStamp? stamp) => stamp is not null && FileStamp.Of(path) == stamp;

    private void WarnOnce(string reason)
    {
        if (Interlocked.Exchange(ref _warned, reason) != reason)
        {
            logger.DatabaseUnusable(role.Option, givenPath, reason, Volatile.Read(ref _current) is null ? "What it would tell stays blank" : "What was opened before stays in use");
        }
    }
}
