using Microsoft.Extensions.Hosting;

namespace Sessions.Identity.Accounts;

/// <summary>Ends the sessions of accounts whose change was not committed yet, or that could not be ended at its time.</summary>
internal sealed class AccountChangeService(AccountChanges changes) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => changes.RunAsync(stoppingToken);
}
