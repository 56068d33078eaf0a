using System.Threading.Channels;
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
    IServiceScopeFactory scopes, IHttpContextAccessor contexts, TrackingBoundary boundary, IOptions<UserSessionOptions> options, ILogger<DeletedUsers> logger)
{
    private const int Capacity = 1_000;

    private readonly Channel<DeletedUser> _waiting = Channel.CreateBounded<DeletedUser>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    public ChannelReader<DeletedUser> Waiting => _waiting.Reader;

    /// <summary>Called when the deletion was saved. Never throws: the account is gone, whatever becomes of its trail.</summary>
    public async Task DeletedAsync(IReadOnlyList<DeletedUser> users, bool isCommitted)
    {
        foreach (var user in users)
        {
            if (!isCommitted || !await TryForgetAsync(user))
            {
                Postpone(user);
            }
        }
    }

    /// <summary>Tries to forget a person.</summary>
    /// <returns><see langword="false"/> if the account is still there, or the store gave no answer.</returns>
    public async Task<bool> TryForgetAsync(DeletedUser user)
    {
        var isDone = false;
        var request = contexts.HttpContext;
        var budget = request is null ? new TrackingBudget(options.Value.TrackingTimeout) : SessionRequest.Of(request).Budget;
        await boundary.AskStoreAsync(budget, TrackingStep.ForgetUser, async token =>
        {
            // The request's own services where there is one: a host may have a connection per tenant.
            await using var scope = request is null ? scopes.CreateAsyncScope() : default(AsyncServiceScope?);
            var services = scope?.ServiceProvider ?? request!.RequestServices;
            isDone = await services.GetRequiredService<IUserSessionMaintenance>().ForgetDeletedAsync(user, token);
        });
        if (isDone)
        {
            logger.UserForgotten();
        }

        return isDone;
    }

    /// <summary>Keeps a person for a later try.</summary>
    public void Postpone(DeletedUser user)
    {
        if (!_waiting.Writer.TryWrite(user))
        {
            logger.ForgettingLeftToSweep(1);
        }
    }
}
