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
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        queue.RunAsync(async signOut => await TryWriteAsync(signOut) || signOut.IsMootAt(time.GetUtcNow()), time, stoppingToken);

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
