using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Sessions.Identity.EntityFrameworkCore;

/// <summary>
/// Lets others write between the batches of long work. SQLite has one writer, and whoever waits for it looks again every 150 ms: between batches
/// that follow one another at once it is rarely found free (docs/decisions/0095).
/// </summary>
/// <remarks>One per store, which serves one piece of work after another.</remarks>
internal sealed class WriterTurns(TimeProvider time)
{
    private static readonly TimeSpan _longest = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _rest = TimeSpan.FromMilliseconds(200);

    private bool _hasOneWriter;
    private long? _began;

    /// <summary>Waits before the next batch, where the ones before it have taken so long that it is others' turn.</summary>
    /// <param name="database">Where the batch goes.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <param name="meanwhile">What may be done while others write.</param>
    public Task NextAsync(DatabaseFacade database, CancellationToken cancellationToken, Func<CancellationToken, Task>? meanwhile = null)
    {
        _hasOneWriter = database.ProviderName == ProviderNames.Sqlite;
        return NextAsync(cancellationToken, meanwhile);
    }

    /// <summary>The same, for the database of the batch before it.</summary>
    public async Task NextAsync(CancellationToken cancellationToken, Func<CancellationToken, Task>? meanwhile = null)
    {
        if (!_hasOneWriter)
        {
            return;
        }

        if (_began is { } began && time.GetElapsedTime(began) >= _longest)
        {
            var rest = Task.Delay(_rest, time, cancellationToken);
            await Task.WhenAll(rest, meanwhile?.Invoke(cancellationToken) ?? Task.CompletedTask);
            _began = null;
        }

        _began ??= time.GetTimestamp();
    }
}
