using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Identity.Diagnostics;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Forgetting;

/// <summary>Forgets people when their account is deleted: at once where the deletion is committed, else as soon as it is.</summary>
internal sealed class DeletedUsers(
    IServiceScopeFactory scopes,
    IHttpContextAccessor contexts,
    SessionsState state,
    TrackingBoundary boundary,
    IOptions<UserSessionOptions> options,
    TimeProvider time,
    ILogger<DeletedUsers> logger)
{
    private const int Capacity = 1_000;

    // A transaction that takes longer was rolled back, or the sweep will find what it left.
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(10);

    private readonly RetryQueue<Deletion> _waiting = new(Capacity);

    /// <summary>Called when the deletion was saved. Never throws: the account is gone, whatever becomes of its trail.</summary>
    public async Task DeletedAsync(IReadOnlyList<DeletedUser> users, bool isCommitted)
    {
        // One for all of them: a job may delete every account in one save.
        var request = contexts.HttpContext;
        var budget = request is null ? NewBudget() : SessionRequest.Of(request).Budget;
        var left = 0;
        foreach (var user in users.Where(_ => state.IsEnabled))
        {
            if (!isCommitted || !await TryForgetAsync(user, budget))
            {
                left += _waiting.TryAdd(new Deletion(user, time.GetUtcNow())) ? 0 : 1;
            }
        }

        LeftToSweep(left);
    }

    /// <summary>Forgets who waits, until the app stops.</summary>
    public Task RunAsync(CancellationToken stoppingToken) => _waiting.RunAsync(IsDoneAsync, LeftToSweep, time, stoppingToken);

    private async Task<bool> IsDoneAsync(Deletion deletion)
    {
        if (await TryForgetAsync(deletion.User, NewBudget()))
        {
            return true;
        }

        var isOver = time.GetUtcNow() - deletion.At > _longest;
        LeftToSweep(isOver ? 1 : 0);
        return isOver;
    }

    // False if the account is still there, if there is more than one turn's work, or if the store gave no answer.
    private async Task<bool> TryForgetAsync(DeletedUser user, TrackingBudget budget)
    {
        var isDone = false;
        var request = contexts.HttpContext;
        await boundary.AskStoreAsync(budget, TrackingStep.ForgetUser, async token =>
        {
            // The request's own services where there is one: a host may have a connection per tenant.
            await using var scope = request is null ? scopes.CreateAsyncScope() : default(AsyncServiceScope?);
            var services = scope?.ServiceProvider ?? request!.RequestServices;

            // A turn that ends by itself says nothing against the store; one that times out would, and others' tracking with it.
            isDone = await services.GetRequiredService<IUserSessionMaintenance>().ForgetDeletedAsync(user, budget.Left / 2, token);
        });
        if (isDone)
        {
            logger.UserForgotten();
        }

        return isDone;
    }

    private TrackingBudget NewBudget() => new(options.Value.TrackingTimeout);

    private void LeftToSweep(int count)
    {
        if (count > 0)
        {
            logger.ForgettingLeftToSweep(count);
        }
    }

    private sealed record Deletion(DeletedUser User, DateTimeOffset At);
}
