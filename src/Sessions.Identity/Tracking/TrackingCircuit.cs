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

    // The check has one of its own: slow writes, which anybody can cause, must not keep it from asking.
    private readonly ResiliencePipeline _checks;
    private readonly ResiliencePipeline _others;
    private readonly CircuitBreakerStateProvider _stateOfOthers = new();

    public TrackingCircuit(TimeProvider time, IOptions<UserSessionOptions> options, ILogger<TrackingCircuit> logger)
    {
        _checks = Build(time, options.Value.TrackingTimeout, logger, new());
        _others = Build(time, options.Value.TrackingTimeout, logger, _stateOfOthers);
    }

    /// <summary>Whether everything but the check is asked as usual.</summary>
    public bool IsClosed => _stateOfOthers.CircuitState == CircuitState.Closed;

    /// <summary>Runs an attempt, unless the circuit of its kind is open.</summary>
    /// <returns>What went wrong, or <see langword="null"/>; <see cref="BrokenCircuitException"/> when nothing was tried.</returns>
    public async Task<Exception?> RunAsync(TrackingStep step, Func<Task<Exception?>> attempt)
    {
        var context = ResilienceContextPool.Shared.Get();
        try
        {
            // Outcomes, not exceptions: an open circuit answers thousands of requests a second.
            var outcome = await (step == TrackingStep.CheckSession ? _checks : _others).ExecuteOutcomeAsync(
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

    private static ResiliencePipeline Build(TimeProvider time, TimeSpan timeout, ILogger logger, CircuitBreakerStateProvider state) =>
        new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                // Two requests that wait one after the other open it, as do many at once as soon as the good answers from
                // before the outage have left the window.
                SamplingDuration = Longest(timeout * 3, TimeSpan.FromMilliseconds(500)),
                MinimumThroughput = 2,

                // Over a half, so that it takes two: one slow answer beside a good one is no reason to let revoked devices pass.
                FailureRatio = 0.6,
                BreakDuration = _breakDuration,
                StateProvider = state,
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

    private static TimeSpan Longest(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
