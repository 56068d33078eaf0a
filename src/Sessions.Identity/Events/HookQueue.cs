using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Sessions.Identity.Connections;
using Sessions.Identity.Diagnostics;
using Sessions.Identity.Stores;

namespace Sessions.Identity.Events;

/// <summary>Events that wait for the host's hooks, bounded: what doesn't fit is counted, and the request goes on.</summary>
internal sealed class HookQueue(LiveConnections connections, SessionMetrics metrics, TimeProvider time, ILogger<HookQueue> logger)
{
    private const int Capacity = 1_000;

    private static readonly TimeSpan _longestWait = TimeSpan.FromSeconds(1);

    private readonly Channel<HookEvent> _waiting = Channel.CreateBounded<HookEvent>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    public ChannelReader<HookEvent> Waiting => _waiting.Reader;

    public void Publish(SessionEventDescriptor sessionEvent) => Publish(InfoOf(sessionEvent), sessionEvent.Origin.Request);

    public void Publish(SessionEventInfo sessionEvent, SessionRequestInfo? request) => Publish(new HookEvent(sessionEvent, request));

    public void Publish(HookEvent sessionEvent)
    {
        if (!sessionEvent.IsOnlyTravel)
        {
            connections.Told(sessionEvent.Info);
        }

        if (!_waiting.Writer.TryWrite(sessionEvent))
        {
            metrics.HookDropped();
            logger.HookDropped(sessionEvent.Info.Kind);
        }
    }

    /// <summary>Takes no more: the app has stopped, and nobody would be told.</summary>
    public void Close() => _waiting.Writer.TryComplete();

    /// <summary>Publishes many at once, off every request: it gives the hooks time to keep up, but waits for none that hangs.</summary>
    public async Task PublishAsync(IReadOnlyList<SessionEventInfo> events, CancellationToken cancellationToken)
    {
        var keepsUp = true;
        foreach (var sessionEvent in events)
        {
            keepsUp = keepsUp && await HasRoomAsync(cancellationToken);
            Publish(sessionEvent, request: null);
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
        SignInMethod = sessionEvent.SignIn?.Method,
        Provider = sessionEvent.SignIn?.Provider,
        SecondFactor = sessionEvent.SignIn?.SecondFactor,
        SignInDetail = sessionEvent.SignIn?.Detail,
        IsNewDevice = sessionEvent.IsNewDevice,
        FailureReason = sessionEvent.FailureReason,
        Device = sessionEvent.Origin.Device,
        IpAddress = sessionEvent.Origin.IpAddress,
        Location = sessionEvent.Origin.Location,
        TravelDistance = sessionEvent.Travel?.Kilometers,
        TravelTime = sessionEvent.Travel?.Time,
        IsImpossibleTravel = sessionEvent.Travel is { IsImpossible: true },
    };
}
