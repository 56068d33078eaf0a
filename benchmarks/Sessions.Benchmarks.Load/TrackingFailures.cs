using System.Diagnostics.Metrics;

namespace Sessions.Benchmarks.Load;

/// <summary>Counts the checks that got no answer: those requests passed unchecked, and would make Sessions look faster than it is.</summary>
internal sealed class TrackingFailures : IDisposable
{
    private readonly MeterListener _listener = new();

    private long _count;

    public TrackingFailures()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "Sessions.Identity", Name: "sessions.tracking.failures" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref _count, count));
        _listener.Start();
    }

    public long Count => Interlocked.Read(ref _count);

    public void Dispose() => _listener.Dispose();
}
