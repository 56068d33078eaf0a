using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Sessions.Identity.Diagnostics;
using Sessions.Identity.Stores;

namespace Sessions.Identity.Events;

/// <summary>Events that wait for the host's hooks, bounded: what doesn't fit is counted, and the request goes on.</summary>
internal sealed class HookQueue(SessionMetrics metrics, TimeProvider time, ILogger<HookQueue> logger)
{
    private const int Capacity = 1_000;

    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(1);

    private readonly Channel<SessionEventInfo> _waiting = Channel.CreateBounded<SessionEventInfo>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    public ChannelReader<SessionEventInfo> Waiting => _waiting.Reader;

    public void Publish(SessionEventDescriptor sessionEvent) => Publish(InfoOf(sessionEvent));

    public void Publish(SessionEventInfo sessionEvent)
    {
        if (!_waiting.Writer.TryWrite(sessionEvent))
        {
            metrics.HookDropped();
            logger.HookDropped(sessionEvent.Kind);
        }
    }

    /// <summary>Publishes many at once, off every request: it gives the hooks time to keep up, but waits for none that hangs.</summary>
    public async Task PublishAsync(IReadOnlyList<SessionEventInfo> events, CancellationToken cancellationToken)
    {
        var keepsUp = true;
        foreach (var sessionEvent in events)
        {
            keepsUp = keepsUp && await HasRoomAsync(cancellationToken);
            Publish(sessionEvent);
        }
    }

    private async Task<bool> HasRoomAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_longestWait, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await _waiting.Writer.WaitToWriteAsync(both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static SessionEventInfo InfoOf(SessionEventDescriptor sessionEvent) => new()
    {
        Id = sessionEvent.Id,
        Kind = sessionEvent.Kind,
        OccurredAt = sessionEvent.OccurredAt,
        UserId = sessionEvent.UserId,
        SessionId = sessionEvent.SessionId,
        Scheme = sessionEvent.Scheme,
        Identity = sessionEvent.Identity,
        SignInMethod = sessionEvent.SignInMethod,
        Provider = sessionEvent.Provider,
        SecondFactor = sessionEvent.SecondFactor,
        FailureReason = sessionEvent.FailureReason,
        Device = sessionEvent.Origin.Device,
        IpAddress = sessionEvent.Origin.IpAddress,
        Location = sessionEvent.Origin.Location,
    };
}
