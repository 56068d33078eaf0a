using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Identity.Diagnostics;
using Sessions.Identity.Events;
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Accounts;

/// <summary>Ends a user's other sessions when their account changed: at once where the change is committed, else as soon as it is.</summary>
/// <remarks>A changed stamp is found by each session's next request too, whoever changed it; this makes it at once, and tells the honest reason.</remarks>
internal sealed class AccountChanges(
    IServiceScopeFactory scopes,
    IHttpContextAccessor contexts,
    RequestDescriber describer,
    TrackingBoundary boundary,
    HookQueue hooks,
    IOptions<UserSessionOptions> options,
    SessionsState state,
    TimeProvider time,
    ILogger<AccountChanges> logger)
{
    private const int Capacity = 1_000;

    private readonly Channel<AccountChange> _waiting = Channel.CreateBounded<AccountChange>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    public ChannelReader<AccountChange> Waiting => _waiting.Reader;

    /// <summary>Called when changes were saved. Never throws: the account is changed, whatever becomes of its sessions.</summary>
    public async Task ChangedAsync(IReadOnlyList<AccountChange> changes, bool isCommitted)
    {
        foreach (var change in changes.Where(Ends).Select(change => change with { At = time.GetUtcNow() }))
        {
            if (!isCommitted || !await TryEndAsync(change, isCommitted: true))
            {
                Postpone(change);
            }
        }
    }

    /// <summary>Tries to end the user's other sessions.</summary>
    /// <returns><see langword="false"/> if the change is not committed, or the store gave no answer.</returns>
    public async Task<bool> TryEndAsync(AccountChange change, bool isCommitted = false)
    {
        var isDone = false;
        var context = contexts.HttpContext;
        var budget = context is null ? new TrackingBudget(options.Value.TrackingTimeout) : SessionRequest.Of(context).Budget;
        var info = context is null ? null : describer.InfoOf(context);
        await boundary.AskStoreAsync(budget, TrackingStep.EndSession, async token =>
        {
            // The request's own services where there is one: a host may have a connection per tenant.
            await using var scope = context is null ? scopes.CreateAsyncScope() : default(AsyncServiceScope?);
            var store = (scope?.ServiceProvider ?? context!.RequestServices).GetRequiredService<IUserSessionStore>();
            if (isCommitted || await store.IsCommittedAsync(change, token))
            {
                Tell(await store.EndAllAsync(change.UserId, change.KeptSessionId, EndOf(change), token), change, info);
                isDone = true;
            }
        });
        return isDone;
    }

    private bool Ends(AccountChange change) => state.IsEnabled
        && (options.Value.RevokeOnSecurityStampChange || (options.Value.RevokeOnPasswordChange && change.Reason == SessionEndReason.PasswordChanged));

    private static SessionEnd EndOf(AccountChange change) => new() { Reason = change.Reason, At = change.At, ActorId = change.ActorId };

    private void Tell(IReadOnlyList<SessionEventInfo> ended, AccountChange change, SessionRequestInfo? info)
    {
        logger.SessionsEnded(ended.Count, change.Reason);
        foreach (var sessionEvent in ended)
        {
            hooks.Publish(sessionEvent, info);
        }
    }

    private void Postpone(AccountChange change)
    {
        if (!_waiting.Writer.TryWrite(change))
        {
            logger.AccountChangeLost();
        }
    }
}
