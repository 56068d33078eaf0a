using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Sessions.Identity.Diagnostics;

namespace Sessions.Identity.Revocation;

/// <summary>Sign-outs that wait to be written, bounded. What is lost with it is counted and logged.</summary>
internal sealed class SignOutQueue(SessionMetrics metrics, ILogger<SignOutQueue> logger)
{
    private const int Capacity = 10_000;

    private readonly Channel<DeferredSignOut> _waiting = Channel.CreateBounded<DeferredSignOut>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    public ChannelReader<DeferredSignOut> Waiting => _waiting.Reader;

    public void Add(DeferredSignOut signOut)
    {
        if (!_waiting.Writer.TryWrite(signOut))
        {
            Lost(1);
        }
    }

    /// <summary>Takes no more: the app is stopping, and what can't be written now never will be.</summary>
    /// <returns>What is left.</returns>
    public List<DeferredSignOut> Close()
    {
        _waiting.Writer.TryComplete();
        var left = new List<DeferredSignOut>();
        while (_waiting.Reader.TryRead(out var signOut))
        {
            left.Add(signOut);
        }

        return left;
    }

    public void Lost(int count)
    {
        if (count > 0)
        {
            metrics.EndsLost(count);
            logger.SignOutsLost(count);
        }
    }
}
