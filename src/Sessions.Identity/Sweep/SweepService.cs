using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Sweep;

/// <summary>Runs the sweep at its interval, jittered. All nodes try; one of them finds it due.</summary>
internal sealed class SweepService(
    IServiceScopeFactory scopes, SessionsState state, SweepStart start, TrackingBoundary boundary, IOptions<UserSessionOptions> options, TimeProvider time)
    : BackgroundService
{
    private static readonly TimeSpan _longestFirstWait = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.SweepInterval is not { } interval)
        {
            return;
        }

        start.Started();
        var wait = Jittered(interval < _longestFirstWait ? interval : _longestFirstWait) / 2;
        try
        {
            while (true)
            {
                await Task.Delay(wait, time, stoppingToken);
                await SweepAsync(interval, stoppingToken);
                wait = Jittered(interval);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The app is stopping. What was not swept yet is swept by the next run.
        }
    }

    private async Task SweepAsync(TimeSpan interval, CancellationToken stoppingToken)
    {
        if (!state.IsEnabled)
        {
            return;
        }

        await boundary.RunHereAsync(TrackingStep.Sweep, async () =>
        {
            await using var scope = scopes.CreateAsyncScope();

            // Several nodes wake up within one interval: the first of them sweeps.
            await scope.ServiceProvider.GetRequiredService<UserSessionSweeper>().SweepAsync(time.GetUtcNow() - (interval * 0.75), stoppingToken);
        });
        stoppingToken.ThrowIfCancellationRequested();
    }

    // Between 0.8 and 1.2 of it, so that nodes that started together don't stay together.
    private static TimeSpan Jittered(TimeSpan interval) => interval * (0.8 + (Random.Shared.NextDouble() * 0.4));
}
