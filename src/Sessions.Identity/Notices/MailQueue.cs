using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Sessions.Identity.Diagnostics;

namespace Sessions.Identity.Notices;

/// <summary>Mails that wait to be sent or tried again, bounded together. What doesn't fit is counted and logged.</summary>
internal sealed class MailQueue(SessionMetrics metrics, ILogger<MailQueue> logger)
{
    private const int Capacity = 1_000;

    private readonly Channel<PendingMail> _waiting = Channel.CreateUnbounded<PendingMail>(new UnboundedChannelOptions { SingleReader = true });
    private int _held;

    public ChannelReader<PendingMail> Waiting => _waiting.Reader;

    public void Add(PendingMail mail)
    {
        if (Interlocked.Increment(ref _held) > Capacity || !_waiting.Writer.TryWrite(mail))
        {
            Interlocked.Decrement(ref _held);
            metrics.MailLost("queue_full");
            logger.MailDropped();
        }
    }

    /// <summary>Puts one back that is held already, to be tried again.</summary>
    public void AddAgain(PendingMail mail)
    {
        if (!_waiting.Writer.TryWrite(mail))
        {
            Lose("stopped");
        }
    }

    public void Sent() => Interlocked.Decrement(ref _held);

    /// <summary>Gives one up.</summary>
    public void Lose(string reason)
    {
        Interlocked.Decrement(ref _held);
        metrics.MailLost(reason);
    }

    /// <summary>Takes no more: the app is stopping.</summary>
    public void Close() => _waiting.Writer.TryComplete();
}
