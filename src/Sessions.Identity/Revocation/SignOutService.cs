using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Identity.Diagnostics;
using Sessions.Identity.Events;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;
using Sessions.Identity.Validation;

namespace Sessions.Identity.Revocation;

/// <summary>Writes the sign-outs that could not be written at their time, until they are.</summary>
internal sealed class SignOutService(
    SignOutQueue queue,
    IServiceScopeFactory scopes,
    TrackingBoundary boundary,
    TicketAdopter adopter,
    HookQueue hooks,
    IOptions<UserSessionOptions> options,
    TimeProvider time,
    ILogger<SignOutService> logger) : BackgroundService
{
    private static readonly TimeSpan _firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = _firstPause;
        DeferredSignOut? unwritten = null;
        try
        {
            while (await queue.Waiting.WaitToReadAsync(stoppingToken) && queue.Waiting.TryRead(out var signOut))
            {
                unwritten = signOut;
                if (await TryWriteAsync(signOut) || signOut.IsMootAt(time.GetUtcNow()))
                {
                    unwritten = null;
                    pause = _firstPause;
                    continue;
                }

                // To the end of the queue: one that can't be written must not keep the others waiting.
                await Task.Delay(pause, time, stoppingToken);
                queue.Add(signOut);
                unwritten = null;
                pause = pause * 2 < _longestPause ? pause * 2 : _longestPause;
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            queue.Lost(await WriteLeftAsync(unwritten));
        }
    }

    // The app is stopping: each is tried once more. A store that hangs has opened the circuit after a few.
    private async Task<int> WriteLeftAsync(DeferredSignOut? unwritten)
    {
        var lost = 0;
        foreach (var signOut in queue.Close().Prepend(unwritten).OfType<DeferredSignOut>())
        {
            lost += await TryWriteAsync(signOut) || signOut.IsMootAt(time.GetUtcNow()) ? 0 : 1;
        }

        return lost;
    }

    private async Task<bool> TryWriteAsync(DeferredSignOut signOut) =>
        await boundary.AskStoreAsync(new TrackingBudget(options.Value.TrackingTimeout), TrackingStep.EndSession, async token =>
        {
            await using var scope = scopes.CreateAsyncScope();
            var store = scope.ServiceProvider.GetRequiredService<IUserSessionStore>();
            if (signOut.Adoption is { } adoption)
            {
                await adopter.WriteAsync(store, adoption, token);
            }

            if (await store.EndByKeyAsync(signOut.KeyDigest, signOut.End, token) is { } ended)
            {
                logger.SignOutWritten();
                hooks.Publish(ended, request: null);
            }
        });
}
