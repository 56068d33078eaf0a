using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Identity.Diagnostics;
using Sessions.Identity.Events;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Revocation;

/// <summary>Writes the sign-outs that could not be written at their time, until they are.</summary>
internal sealed class SignOutService(
    SignOutQueue queue,
    IServiceScopeFactory scopes,
    TrackingBoundary boundary,
    HookQueue hooks,
    IOptions<UserSessionOptions> options,
    TimeProvider time,
    ILogger<SignOutService> logger) : BackgroundService
{
    private static readonly TimeSpan _firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var unwritten = 0;
        try
        {
            while (await queue.Waiting.WaitToReadAsync(stoppingToken))
            {
                while (queue.Waiting.TryRead(out var signOut))
                {
                    unwritten = 1;
                    await WriteAsync(signOut, stoppingToken);
                    unwritten = 0;
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            queue.Lost(unwritten + queue.Waiting.Count);
        }
    }

    private async Task WriteAsync(DeferredSignOut signOut, CancellationToken stoppingToken)
    {
        for (var pause = _firstPause; !await TryWriteAsync(signOut); pause = pause * 2 < _longestPause ? pause * 2 : _longestPause)
        {
            await Task.Delay(pause, time, stoppingToken);
        }
    }

    private async Task<bool> TryWriteAsync(DeferredSignOut signOut)
    {
        SessionEventInfo? ended = null;
        var written = await boundary.AskStoreAsync(new TrackingBudget(options.Value.TrackingTimeout), TrackingStep.EndSession, async token =>
        {
            await using var scope = scopes.CreateAsyncScope();
            ended = await scope.ServiceProvider.GetRequiredService<IUserSessionStore>().EndByKeyAsync(signOut.KeyDigest, signOut.End, token);
        });
        if (ended is not null)
        {
            logger.SignOutWritten();
            hooks.Publish(ended);
        }

        return written;
    }
}
