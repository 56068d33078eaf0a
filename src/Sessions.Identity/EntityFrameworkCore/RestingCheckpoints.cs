using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>
/// Makes SQLite's checkpoints in the rests of a long purge, while others may write, instead of in each of its batches: a page that many batches
/// change is brought into the database once and not as often as it was changed (docs/decisions/0095). Nothing on other databases.
/// </summary>
/// <remarks>Keeps the context's connection open meanwhile, and leaves it with the settings that it had.</remarks>
internal sealed class RestingCheckpoints : IAsyncDisposable
{
    // Pages, about what the batches between two rests write: a bound on the log, should no rest come.
    private const long AtMost = 20_000;

    // In KiB where it is negative. SQLite's own 2 MB are less than what a batch changes; what the app chose itself stays.
    private const long CacheOfSqlite = -2_000;
    private const long Cache = -16_000;

    private const int LongestInSeconds = 1;

    private readonly DatabaseFacade _database;
    private readonly List<(string Name, long Value)> _before = [];
    private bool _isOpen;
    private bool _areOurs;

    private RestingCheckpoints(DatabaseFacade database) => _database = database;

    public static async Task<RestingCheckpoints> BeginAsync(DatabaseFacade database, CancellationToken cancellationToken)
    {
        var checkpoints = new RestingCheckpoints(database);
        if (database.ProviderName != ProviderNames.Sqlite)
        {
            return checkpoints;
        }

        try
        {
            await checkpoints.BeginAsync(cancellationToken);
            return checkpoints;
        }
        catch
        {
            await checkpoints.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes one, as far as nobody reads what was before. One that can't be made is made later, by whoever writes.</summary>
    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        if (!_areOurs)
        {
            return;
        }

        try
        {
            await ExecuteAsync("PRAGMA wal_checkpoint(PASSIVE)", cancellationToken);
        }
        catch (DbException)
        {
            // Like those that SQLite makes itself: locked by a reader of a shared cache, or no room on the disk.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_isOpen)
        {
            return;
        }

        try
        {
            foreach (var (name, value) in _before)
            {
                await SetAsync(name, value, CancellationToken.None);
            }
        }
        catch (DbException)
        {
            // A connection that does not even take a setting is broken: what broke it is told by what was done on it.
        }
        finally
        {
            await _database.CloseConnectionAsync();
        }
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        await _database.OpenConnectionAsync(cancellationToken);
        _isOpen = true;
        await ChangeAsync("cache_size", value => value == CacheOfSqlite ? Cache : value, cancellationToken);

        // Zero: something else makes them, like a replication of the file.
        _areOurs = await ChangeAsync("wal_autocheckpoint", value => value is > 0 and < AtMost ? AtMost : value, cancellationToken) > 0;
    }

    // A setting that is to stay is not even set: to set a checkpoint's own value once more would take away another's hook for it.
    private async Task<long> ChangeAsync(string name, Func<long, long> to, CancellationToken cancellationToken)
    {
        var before = Convert.ToInt64(await ExecuteAsync($"PRAGMA {name}", cancellationToken), CultureInfo.InvariantCulture);
        if (to(before) is var after && after != before)
        {
            await SetAsync(name, after, cancellationToken);
            _before.Add((name, before));
        }

        return after;
    }

    private Task<object?> SetAsync(string name, long value, CancellationToken cancellationToken) =>
        ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"PRAGMA {name} = {value}"), cancellationToken);

    private async Task<object?> ExecuteAsync(string pragma, CancellationToken cancellationToken)
    {
        await using var command = _database.GetDbConnection().CreateCommand();
        command.CommandText = pragma;
        command.CommandTimeout = LongestInSeconds;
        return await command.ExecuteScalarAsync(cancellationToken);
    }
}
