using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Sessions.Identity.Diagnostics;
using Sessions.Identity.Stores;

namespace Sessions.Identity.Events;

/// <summary>Events that wait for the host's hooks, bounded: what doesn't fit is counted, and the request goes on.</summary>
internal sealed class HookQueue(SessionMetrics metrics, ILogger<HookQueue> logger)
{
    private const int Capacity = 1_000;

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
        TravelDistance = sessionEvent.Travel?.Kilometers,
        TravelTime = sessionEvent.Travel?.Time,
        IsImpossibleTravel = sessionEvent.Travel is { IsImpossible: true },
    };
}
