using System.Threading.Channels;

namespace Sessions.Identity.Tracking;

/// <summary>What could not be written at its time waits here, bounded, and is tried until it is.</summary>
internal sealed class RetryQueue<T>(int capacity)
    where T : class
{
    private static readonly TimeSpan _firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(30);

    private readonly Channel<T> _waiting = Channel.CreateBounded<T>(
        new BoundedChannelOptions(capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    public bool TryAdd(T item) => _waiting.Writer.TryWrite(item);

    /// <summary>Tries what waits, until the app stops: then each is tried once more.</summary>
    /// <param name="isDoneAsync">Tries one. Done is also what need not be tried again.</param>
    /// <param name="lost">Told how many are lost.</param>
    /// <param name="time">The clock by which it pauses after a try that failed.</param>
    /// <param name="stoppingToken">Signalled when the app stops.</param>
    /// <returns>A task that is done when the app has stopped.</returns>
    public async Task RunAsync(Func<T, Task<bool>> isDoneAsync, Action<int> lost, TimeProvider time, CancellationToken stoppingToken)
    {
        var pause = _firstPause;
        var failed = 0;
        T? undone = null;
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(stoppingToken) && _waiting.Reader.TryRead(out var item))
            {
                undone = item;
                if (await isDoneAsync(item))
                {
                    (undone, failed, pause) = (null, 0, _firstPause);
                    continue;
                }

                // To the end of the queue, and on with the next: those that can't be written must not keep the others waiting.
                lost(TryAdd(item) ? 0 : 1);
                undone = null;
                if (++failed >= _waiting.Reader.Count)
                {
                    await Task.Delay(pause, time, stoppingToken);
                    (failed, pause) = (0, pause * 2 < _longestPause ? pause * 2 : _longestPause);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            lost(await TryLeftAsync(undone, isDoneAsync));
        }
    }

    // It takes no more from now on. A store that hangs has opened the circuit after a few.
    private async Task<int> TryLeftAsync(T? undone, Func<T, Task<bool>> isDoneAsync)
    {
        _waiting.Writer.TryComplete();
        var left = 0;
        for (var item = undone; item is not null || _waiting.Reader.TryRead(out item); item = null)
        {
            left += await isDoneAsync(item) ? 0 : 1;
        }

        return left;
    }
}
