using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Identity.Diagnostics;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Administration;

/// <summary>Works at the endings that operators began, one node at each. What a node leaves undone, another one takes up.</summary>
internal sealed class EndingService(
    IServiceScopeFactory scopes, SessionsState state, EndingSignal signal, TrackingBoundary boundary, IOptions<UserSessionOptions> options, TimeProvider time, ILogger<EndingService> logger)
    : BackgroundService
{
    private static readonly TimeSpan _look = TimeSpan.FromMinutes(1);

    // A node that dies in the middle keeps the others waiting for so long. Far more than a part takes.
    private static readonly TimeSpan _lease = TimeSpan.FromMinutes(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Only the pages begin endings.
        if (options.Value.Administration.Policy is null)
        {
            return;
        }

        // The app's start does not wait for the database.
        await Task.Yield();
        try
        {
            while (true)
            {
                if (state.IsEnabled)
                {
                    await boundary.RunHereAsync(TrackingStep.EndMany, () => WorkAsync(stoppingToken));
                }

                await signal.WaitAsync(_look, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The app is stopping. Another node goes on, or this one after its next start.
        }
    }

    private async Task WorkAsync(CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var store = scope.ServiceProvider.GetRequiredService<ISessionAdministrationStore>();
        var endings = scope.ServiceProvider.GetRequiredService<SessionEndings>();
        foreach (var id in await store.FindWaitingAsync(time.GetUtcNow(), stoppingToken))
        {
            await EndAsync(store, endings, id, stoppingToken);
        }
    }

    private async Task EndAsync(ISessionAdministrationStore store, SessionEndings endings, Guid id, CancellationToken stoppingToken)
    {
        var now = time.GetUtcNow();
        var owner = FormattableString.Invariant($"{Guid.CreateVersion7(now):N}");
        if (!await store.TakeEndingAsync(id, owner, now, now + _lease, stoppingToken) || await store.FindEndingAsync(id, stoppingToken) is not { } ending)
        {
            return;
        }

        while (ending.State != EndingState.Done)
        {
            ending = await endings.StepAsync(ending, SessionEndReason.RevokedByAdmin, stoppingToken);
            now = time.GetUtcNow();
            if (!await store.WriteEndingAsync(ending, owner, now, now + _lease, stoppingToken))
            {
                logger.EndingStopped(id, ending.Ended);
                return;
            }
        }

        logger.EndingDone(id, ending.Ended);
    }
}
