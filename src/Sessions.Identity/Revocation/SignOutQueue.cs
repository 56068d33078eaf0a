using Microsoft.Extensions.Logging;
using Sessions.Identity.Diagnostics;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Revocation;

/// <summary>Sign-outs that wait to be written, bounded. What is lost with it is counted and logged.</summary>
internal sealed class SignOutQueue(SessionMetrics metrics, ILogger<SignOutQueue> logger)
{
    private const int Capacity = 10_000;

    private readonly RetryQueue<DeferredSignOut> _waiting = new(Capacity);

    public void Add(DeferredSignOut signOut) => Lost(_waiting.TryAdd(signOut) ? 0 : 1);

    /// <summary>Writes what waits, until the app stops.</summary>
    public Task RunAsync(Func<DeferredSignOut, Task<bool>> isDoneAsync, TimeProvider time, CancellationToken stoppingToken) =>
        _waiting.RunAsync(isDoneAsync, Lost, time, stoppingToken);

    private void Lost(int count)
    {
        if (count > 0)
        {
            metrics.EndsLost(count);
            logger.SignOutsLost(count);
        }
    }
}
