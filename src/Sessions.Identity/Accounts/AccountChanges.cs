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

    // A transaction that takes longer was rolled back.
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(10);

    private readonly RetryQueue<AccountChange> _waiting = new(Capacity);

    /// <summary>Called when changes were saved. Never throws: the account is changed, whatever becomes of its sessions.</summary>
    public async Task ChangedAsync(IReadOnlyList<AccountChange> changes, bool isCommitted)
    {
        // One for all of them: a job may change every account in one save.
        var budget = contexts.HttpContext is { } context ? SessionRequest.Of(context).Budget : new TrackingBudget(options.Value.TrackingTimeout);
        var lost = 0;
        foreach (var change in changes.Where(Ends).Select(change => change with { At = time.GetUtcNow() }))
        {
            if (!isCommitted || !await TryEndAsync(change, budget, isCommitted: true))
            {
                lost += _waiting.TryAdd(change) ? 0 : 1;
            }
        }

        Lost(lost);
    }

    /// <summary>Ends what waits, until the app stops.</summary>
    public Task RunAsync(CancellationToken stoppingToken) => _waiting.RunAsync(IsDoneAsync, Lost, time, stoppingToken);

    private async Task<bool> IsDoneAsync(AccountChange change) =>
        await TryEndAsync(change, new TrackingBudget(options.Value.TrackingTimeout), isCommitted: false) || time.GetUtcNow() - change.At > _longest;

    private async Task<bool> TryEndAsync(AccountChange change, TrackingBudget budget, bool isCommitted)
    {
        var isDone = false;
        var context = contexts.HttpContext;
        var info = context is null ? null : describer.InfoOf(context);
        await boundary.AskStoreAsync(budget, TrackingStep.EndSession, async token =>
        {
            // The request's own services where there is one: a host may have a connection per tenant.
            await using var scope = context is null ? scopes.CreateAsyncScope() : default(AsyncServiceScope?);
            var store = (scope?.ServiceProvider ?? context!.RequestServices).GetRequiredService<IUserSessionStore>();
            if (isCommitted || await store.IsCommittedAsync(change, token))
            {
                Tell(await store.EndOthersAsync(change, EndOf(change), token), change, info);
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

    private void Lost(int count)
    {
        if (count > 0)
        {
            logger.AccountChangesLost(count);
        }
    }
}
