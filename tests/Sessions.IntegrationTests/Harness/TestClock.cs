using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Sessions.IntegrationTests.Harness;

/// <summary>A clock that is turned by hand and knows who waits by it: one that is turned too early is not waited for.</summary>
public sealed class TestClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly ConcurrentDictionary<int, TimeSpan> _waiting = new();
    private int _timers;

    /// <summary>How many waits have begun.</summary>
    public int Timers => Volatile.Read(ref _timers);

    /// <summary>
    /// Whether somebody waits now who began after so many waits and waits no longer than that: one that is over, like that for a look-up that was
    /// answered, does not count, nor one in the background, like that for a hook, which is longer.
    /// </summary>
    public bool IsWaitedForSince(int timers, TimeSpan atMost) => _waiting.Any(wait => wait.Key > timers && wait.Value <= atMost);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        var number = Interlocked.Increment(ref _timers);
        _waiting[number] = dueTime;
        return new Wait(timer, () => _waiting.TryRemove(number, out _));
    }

    private sealed class Wait(ITimer timer, Action over) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            over();
            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            over();
            return timer.DisposeAsync();
        }
    }
}
