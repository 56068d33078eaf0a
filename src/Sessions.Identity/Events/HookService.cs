using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Identity.Diagnostics;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Events;

/// <summary>Tells the host's hooks, off the request path, each in a scope of its own. One that fails or hangs keeps nobody else from being told.</summary>
internal sealed class HookService(
    HookQueue queue,
    RepeatedFailureWatch failures,
    IEnumerable<ISessionEventHandler> handlers,
    IServiceScopeFactory scopes,
    IOptions<UserSessionOptions> options,
    TimeProvider time,
    ILogger<HookService> logger) : BackgroundService
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
            queue.Close();
            while (queue.Waiting.TryRead(out var left))
            {
                await TellAsync(left, stoppingToken);
            }
        }
    }

    private async Task TellAsync(HookEvent sessionEvent, CancellationToken stoppingToken)
    {
        if (!sessionEvent.IsOnlyTravel)
        {
            await TellOfEventAsync(sessionEvent, stoppingToken);
        }

        if (sessionEvent.Info.IsImpossibleTravel)
        {
            await CallAsync(sessionEvent, (hooks, call) => hooks.ImpossibleTravel(new ImpossibleTravelContext(call)), stoppingToken);
        }
    }

    private async Task TellOfEventAsync(HookEvent sessionEvent, CancellationToken stoppingToken)
    {
        foreach (var handler in handlers)
        {
            await RunAsync(sessionEvent, services => handler.HandleAsync(sessionEvent, services, stoppingToken));
        }

        await CallAsync(sessionEvent, (hooks, call) => hooks.SessionEvent(new SessionEventContext(call)), stoppingToken);
        var info = sessionEvent.Info;
        if (info.IsNewDevice && info.Kind == SessionEventKind.SignedIn)
        {
            await CallAsync(sessionEvent, (hooks, call) => hooks.NewDevice(new NewDeviceContext(call)), stoppingToken);
        }

        if (info.Kind == SessionEventKind.Revoked && info.SessionId is not null)
        {
            await CallAsync(sessionEvent, (hooks, call) => hooks.SessionRevoked(new SessionRevokedContext(call)), stoppingToken);
        }

        if (info.Kind == SessionEventKind.SignInFailed && await failures.LookAsync(info) is { } crossing)
        {
            await CallAsync(
                sessionEvent, (hooks, call) => hooks.RepeatedFailures(new RepeatedFailuresContext(call, crossing.Limit, crossing.OwnerId)), stoppingToken);
        }
    }

    private Task CallAsync(HookEvent sessionEvent, Func<UserSessionEvents, HookCall, Task> hook, CancellationToken stoppingToken) =>
        RunAsync(sessionEvent, services =>
        {
            var hooks = options.Value.EventsType is { } type ? (UserSessionEvents)services.GetRequiredService(type) : options.Value.Events;
            var label = services.GetRequiredService<ISessionLabels>().ReasonOf(sessionEvent.Info);
            return hook(hooks, new HookCall(sessionEvent, label, services, stoppingToken));
        });

    private async Task RunAsync(HookEvent sessionEvent, Func<IServiceProvider, Task> work)
    {
        // On a thread of its own: it may block instead of waiting.
        var running = Task.Run(() => InScopeAsync(sessionEvent, work), CancellationToken.None);
        try
        {
            await running.WaitAsync(_longest, time, CancellationToken.None);
        }
#pragma warning disable CA1031 // A host's hook may throw anything; it must not stop the others.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            running.GiveUp();
            logger.HookFailed(fault, sessionEvent.Info.Kind);
        }
    }

    // In the language of the request: what a hook writes is mostly for the person who made it.
    private async Task InScopeAsync(HookEvent sessionEvent, Func<IServiceProvider, Task> work)
    {
        if (sessionEvent.Request is { } request)
        {
            CultureInfo.CurrentCulture = request.Culture;
            CultureInfo.CurrentUICulture = request.UICulture;
        }

        await using var scope = scopes.CreateAsyncScope();
        await work(scope.ServiceProvider);
    }
}
