using Microsoft.Extensions.Time.Testing;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Tests.Tracking;

public sealed class RetryQueueTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _tries = [];
    private readonly RetryQueue<string> _queue = new(capacity: 3);

    [Fact]
    public async Task What_cannot_be_written_does_not_keep_the_rest_waiting()
    {
        using var stop = new CancellationTokenSource();
        var lastTried = new TaskCompletionSource();
        foreach (var item in (string[])["stuck", "second", "third"])
        {
            Assert.True(_queue.TryAdd(item));
        }

        var run = _queue.RunAsync(Try, _ => { }, _time, stop.Token);
        await lastTried.Task;

        Assert.Equal(["stuck", "second", "third"], _tries.Take(3));
        await stop.CancelAsync();
        await run;

        Task<bool> Try(string item)
        {
            _tries.Add(item);
            if (item == "third")
            {
                lastTried.TrySetResult();
            }

            return Task.FromResult(item != "stuck");
        }
    }

    [Fact]
    public async Task What_still_waits_when_the_app_stops_is_tried_once_more_and_counted_if_it_is_lost()
    {
        using var stop = new CancellationTokenSource();
        var tried = new TaskCompletionSource();
        var lost = 0;
        Assert.True(_queue.TryAdd("stuck"));
        var run = _queue.RunAsync(
            item =>
            {
                _tries.Add(item);
                tried.TrySetResult();
                return Task.FromResult(false);
            },
            count => lost += count,
            _time,
            stop.Token);
        await tried.Task;

        await stop.CancelAsync();
        await run;

        Assert.Equal(1, lost);
        Assert.Equal(["stuck", "stuck"], _tries);
        Assert.False(_queue.TryAdd("late"));
    }

    [Fact]
    public void More_than_it_holds_is_not_taken() =>
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(number => _queue.TryAdd($"{number}")));
}
