using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sessions.Identity.Diagnostics;
using Sessions.Identity.Stores;

namespace Sessions.Identity.Forgetting;

/// <summary>Forgets the people whose deletion was not committed yet, or whose trail could not be removed at its time.</summary>
internal sealed class ForgetService(DeletedUsers deleted, TimeProvider time, ILogger<ForgetService> logger) : BackgroundService
{
    // A transaction that takes longer was rolled back, or the sweep will find what it left.
    private const int MostTries = 10;

    private static readonly TimeSpan _firstPause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var user in deleted.Waiting.ReadAllAsync(stoppingToken))
            {
                await ForgetAsync(user, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is left is the sweep's.
        }
    }

    private async Task ForgetAsync(DeletedUser user, CancellationToken stoppingToken)
    {
        for (var (tries, pause) = (0, _firstPause); tries < MostTries; (tries, pause) = (tries + 1, pause * 2))
        {
            if (await deleted.TryForgetAsync(user))
            {
                return;
            }

            await Task.Delay(pause, time, stoppingToken);
        }

        logger.ForgettingLeftToSweep(1);
    }
}
