using Microsoft.Extensions.Time.Testing;

namespace Sessions.IntegrationTests.Harness;

/// <summary>A clock that is turned by hand and knows whether somebody has begun to wait by it: one that is turned too early is not waited for.</summary>
public sealed class TestClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private int _timers;

    /// <summary>How many waits have begun.</summary>
    public int Timers => Volatile.Read(ref _timers);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Interlocked.Increment(ref _timers);
        return timer;
    }
}
