using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Identity.Diagnostics;

namespace Sessions.Identity.Events;

/// <summary>Runs the host's hooks, off the request path, each in a scope of its own.</summary>
internal sealed class HookService(
    HookQueue queue, IServiceScopeFactory scopes, IOptions<UserSessionOptions> options, ILogger<HookService> logger) : BackgroundService
{
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

    private async Task TellAsync(SessionEventInfo sessionEvent, CancellationToken stoppingToken)
    {
        var hooks = options.Value.Events;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await hooks.OnEvent(new SessionEventContext(sessionEvent, scope.ServiceProvider, stoppingToken));
            if (sessionEvent.Kind == SessionEventKind.Revoked && sessionEvent.SessionId is not null)
            {
                await hooks.OnSessionRevoked(new SessionRevokedContext(sessionEvent, scope.ServiceProvider, stoppingToken));
            }
        }
#pragma warning disable CA1031 // A host's hook may throw anything; it must not stop the others.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            logger.HookFailed(fault, sessionEvent.Kind);
        }
    }
}
