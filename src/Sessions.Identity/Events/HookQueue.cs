using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Sessions.Identity.Diagnostics;
using Sessions.Identity.Stores;

namespace Sessions.Identity.Events;

/// <summary>Events that wait for the host's hooks, bounded: what doesn't fit is counted, and the request goes on.</summary>
internal sealed class HookQueue(SessionMetrics metrics, ILogger<HookQueue> logger)
{
    private const int Capacity = 1_000;

    private readonly Channel<HookEvent> _waiting = Channel.CreateBounded<HookEvent>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    public ChannelReader<HookEvent> Waiting => _waiting.Reader;

    public void Publish(SessionEventDescriptor sessionEvent) => Publish(InfoOf(sessionEvent), sessionEvent.Origin.Request);

    public void Publish(SessionEventInfo sessionEvent, SessionRequestInfo? request)
    {
        if (!_waiting.Writer.TryWrite(new HookEvent(sessionEvent, request)))
        {
            metrics.HookDropped();
            logger.HookDropped(sessionEvent.Kind);
        }
    }

    /// <summary>Takes no more: the app has stopped, and nobody would be told.</summary>
    public void Close() => _waiting.Writer.TryComplete();

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
    };
}
