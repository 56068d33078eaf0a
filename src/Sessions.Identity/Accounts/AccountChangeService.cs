using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sessions.Identity.Diagnostics;

namespace Sessions.Identity.Accounts;

/// <summary>Ends the sessions of accounts whose change was not committed yet, or that could not be ended at its time.</summary>
internal sealed class AccountChangeService(AccountChanges changes, TimeProvider time, ILogger<AccountChangeService> logger) : BackgroundService
{
    // A transaction that takes longer was rolled back.
    private const int MostTries = 10;

    private static readonly TimeSpan _firstPause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var change in changes.Waiting.ReadAllAsync(stoppingToken))
            {
                await EndAsync(change, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            while (changes.Waiting.TryRead(out var left))
            {
                await changes.TryEndAsync(left);
            }
        }
    }

    private async Task EndAsync(AccountChange change, CancellationToken stoppingToken)
    {
        for (var (tries, pause) = (0, _firstPause); tries < MostTries; (tries, pause) = (tries + 1, pause * 2))
        {
            if (await changes.TryEndAsync(change))
            {
                return;
            }

            await Task.Delay(pause, time, stoppingToken);
        }

        logger.AccountChangeLost();
    }
}
