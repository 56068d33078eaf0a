using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Sessions.IntegrationTests.Harness;

/// <summary>A clock that is turned by hand and knows which requests wait by it: one that is turned too early is not waited for.</summary>
public sealed class TestClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    private static readonly AsyncLocal<bool> _inRequest = new();

    private readonly ConcurrentDictionary<int, Wait> _waiting = new();
    private int _timers;

    /// <summary>How many waits have begun.</summary>
    public int Timers => Volatile.Read(ref _timers);

    /// <summary>Marks what the app does for a request: the pauses of what runs in the background are not the request's.</summary>
    public static async Task InRequestAsync(RequestDelegate next, HttpContext context)
    {
        _inRequest.Value = true;
        await next(context);
    }

    /// <summary>
    /// How many waits of requests there are that began after so many and last no longer than that: what is longer holds no request up, like that
    /// for a hook.
    /// </summary>
    public int RequestsWaitingSince(int timers, TimeSpan atMost) =>
        _waiting.Count(wait => wait.Key > timers && wait.Value.For <= atMost && wait.Value.IsOn);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        var number = Interlocked.Increment(ref _timers);
        if (!_inRequest.Value)
        {
            return timer;
        }

        var wait = new Wait(timer, state as Task, dueTime, () => _waiting.TryRemove(number, out _));
        _waiting[number] = wait;
        return wait;
    }

    private sealed class Wait(ITimer timer, Task? waits, TimeSpan dueTime, Action over) : ITimer
    {
        public TimeSpan For => dueTime;

        /// <summary>
        /// Whether it is not over. A task that waits by a clock gives itself as the timer's state, and disposes the timer only after it has gone
        /// on: what goes on meanwhile, up to the next wait, would see this one.
        /// </summary>
        public bool IsOn => waits is { IsCompleted: false };

        public bool Change(TimeSpan newDueTime, TimeSpan period) => timer.Change(newDueTime, period);

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
