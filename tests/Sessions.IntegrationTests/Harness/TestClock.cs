using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Sessions.IntegrationTests.Harness;

/// <summary>A clock that is turned by hand and knows who waits by it: one that is turned too early is not waited for.</summary>
public sealed class TestClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly ConcurrentDictionary<int, bool> _waiting = new();
    private int _timers;

    /// <summary>How many waits have begun.</summary>
    public int Timers => Volatile.Read(ref _timers);

    /// <summary>Whether somebody waits now who began after so many waits: one that is over, like that for a look-up that was answered, does not count.</summary>
    public bool IsWaitedForSince(int timers) => _waiting.Keys.Any(number => number > timers);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        var number = Interlocked.Increment(ref _timers);
        _waiting[number] = true;
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
