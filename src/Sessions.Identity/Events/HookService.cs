using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Identity.Diagnostics;

namespace Sessions.Identity.Events;

/// <summary>Runs the host's hooks, off the request path, each in a scope of its own.</summary>
internal sealed class HookService(
    HookQueue queue, IServiceScopeFactory scopes, IOptions<UserSessionOptions> options, TimeProvider time, ILogger<HookService> logger) : BackgroundService
{
    // A hook that hangs must not keep the others waiting for ever. A mail may take its time.
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var sessionEvent in queue.Waiting.ReadAllAsync(stoppingToken))
            {
                await TellAsync(sessionEvent, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is left is told before the app is gone.
            while (queue.Waiting.TryRead(out var left))
            {
                await TellAsync(left, stoppingToken);
            }
        }
    }

    // Each apart from the others: one that fails keeps none of them from being called.
    private async Task TellAsync(SessionEventInfo sessionEvent, CancellationToken stoppingToken)
    {
        if (!sessionEvent.IsToldAgain)
        {
            await TellAsync(sessionEvent, CallAsync, stoppingToken);
        }

        if (sessionEvent.IsImpossibleTravel)
        {
            await TellAsync(sessionEvent, CallOfTravelAsync, stoppingToken);
        }
    }

    private async Task TellAsync(SessionEventInfo sessionEvent, Func<SessionEventInfo, CancellationToken, Task> call, CancellationToken stoppingToken)
    {
        try
        {
            // On a thread of its own: it may block instead of waiting.
            await Task.Run(() => call(sessionEvent, stoppingToken), CancellationToken.None).WaitAsync(_longest, time, CancellationToken.None);
        }
#pragma warning disable CA1031 // A host's hook may throw anything; it must not stop the others.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            logger.HookFailed(fault, sessionEvent.Kind);
        }
    }

    private async Task CallAsync(SessionEventInfo sessionEvent, CancellationToken stoppingToken)
    {
        var hooks = options.Value.Events;
        await using var scope = scopes.CreateAsyncScope();
        await hooks.OnEvent(new SessionEventContext(sessionEvent, scope.ServiceProvider, stoppingToken));
        if (sessionEvent.Kind == SessionEventKind.Revoked && sessionEvent.SessionId is not null)
        {
            await hooks.OnSessionRevoked(new SessionRevokedContext(sessionEvent, scope.ServiceProvider, stoppingToken));
        }
    }

    private async Task CallOfTravelAsync(SessionEventInfo sessionEvent, CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await options.Value.Events.OnImpossibleTravel(new ImpossibleTravelContext(sessionEvent, scope.ServiceProvider, stoppingToken));
    }
}
