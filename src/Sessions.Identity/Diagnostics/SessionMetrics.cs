using System.Diagnostics.Metrics;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Diagnostics;

/// <summary>What can be watched of tracking: the meter "Sessions.Identity".</summary>
internal sealed class SessionMetrics
{
    public const string MeterName = "Sessions.Identity";

    private readonly Counter<long> _failures;
    private readonly Counter<long> _lostEnds;
    private readonly Counter<long> _lostHooks;

    public SessionMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _failures = meter.CreateCounter<long>("sessions.tracking.failures", "{failure}", "Steps of tracking that failed. Authentication went on.");
        _lostEnds = meter.CreateCounter<long>("sessions.sign_out.lost", "{session}", "Sign-outs whose end could not be kept for a later try.");
        _lostHooks = meter.CreateCounter<long>("sessions.hooks.dropped", "{event}", "Events that no hook was told of, since the queue was full or the app stopping.");
    }

    public void TrackingFailed(TrackingStep step) => _failures.Add(1, new KeyValuePair<string, object?>("sessions.step", step.ToString()));

    public void EndsLost(int count) => _lostEnds.Add(count);

    public void HookDropped() => _lostHooks.Add(1);
}
