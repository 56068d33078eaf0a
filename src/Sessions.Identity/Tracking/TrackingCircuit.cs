using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Sessions.Identity.Diagnostics;

namespace Sessions.Identity.Tracking;

/// <summary>Stops asking a store that keeps timing out: requests then pass at once, until a probe gets an answer.</summary>
internal sealed class TrackingCircuit
{
    private static readonly TimeSpan _breakDuration = TimeSpan.FromSeconds(5);

    private readonly ResiliencePipeline _pipeline;

    public TrackingCircuit(TimeProvider time, IOptions<UserSessionOptions> options, ILogger<TrackingCircuit> logger)
    {
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                // Two requests that wait one after the other open it, as do many at once as soon as the good answers from
                // before the outage have left the window.
                SamplingDuration = Longest(options.Value.TrackingTimeout * 3, TimeSpan.FromMilliseconds(500)),
                MinimumThroughput = 2,

                // Over a half, so that it takes two: one slow answer beside a good one is no reason to let revoked devices pass.
                FailureRatio = 0.6,
                BreakDuration = _breakDuration,
                ShouldHandle = arguments => new(arguments.Outcome.Exception is TrackingTimeoutException),
                OnOpened = _ =>
                {
                    logger.CircuitOpened(_breakDuration);
                    return default;
                },
                OnClosed = _ =>
                {
                    logger.CircuitClosed();
                    return default;
                },
            })
            .Build();
    }

    /// <summary>Runs an attempt, unless the circuit is open.</summary>
    /// <returns>What went wrong, or <see langword="null"/>; <see cref="BrokenCircuitException"/> when nothing was tried.</returns>
    public async Task<Exception?> RunAsync(Func<Task<Exception?>> attempt)
    {
        var context = ResilienceContextPool.Shared.Get();
        try
        {
            // Outcomes, not exceptions: an open circuit answers thousands of requests a second.
            var outcome = await _pipeline.ExecuteOutcomeAsync(
                static async (_, run) => await run() is { } fault ? Outcome.FromException<bool>(fault) : Outcome.FromResult(true),
                context,
                attempt);
            return outcome.Exception;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private static TimeSpan Longest(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
