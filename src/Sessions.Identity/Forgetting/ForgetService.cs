using Microsoft.Extensions.Hosting;

namespace Sessions.Identity.Forgetting;

/// <summary>Forgets the people whose deletion was not committed yet, or whose trail could not be removed at its time.</summary>
internal sealed class ForgetService(DeletedUsers deleted) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => deleted.RunAsync(stoppingToken);
}
