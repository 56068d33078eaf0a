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

    public void Lost(int count)
    {
        if (count > 0)
        {
            metrics.EndsLost(count);
            logger.SignOutsLost(count);
        }
    }
}
