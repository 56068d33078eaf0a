using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Sessions.Identity.Diagnostics;
using Sessions.Identity.Events;
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Limits;

/// <summary>What the page does that asks who is at the limit of their devices. A choice that is used, over, changed or unknown gives nothing.</summary>
internal sealed class SignInChoices(
    PendingChoiceCookie cookie,
    ISignInResumer resumer,
    CrowdFinder crowds,
    RememberedMachines machines,
    IUserSessionStore store,
    UserSessions sessions,
    RequestDescriber describer,
    DeviceCookie deviceCookie,
    TrackingBoundary boundary,
    HookQueue hooks,
    IHttpContextAccessor contexts,
    TimeProvider time,
    ILogger<SignInChoices> logger)
{
    private HttpContext Context => contexts.HttpContext ?? throw new InvalidOperationException("There is no request.");

    /// <summary>Finds what the person can choose.</summary>
    public async Task<SignInChoice> FindAsync() => await ReadAsync() is { } pending ? await AskAsync(pending) : Gone();

    /// <summary>Signs out what was chosen, and in.</summary>
    public async Task<SignInChoice> GoOnAsync(IReadOnlyCollection<Guid> chosen)
    {
        if (await ReadAsync() is not { } pending)
        {
            return Gone();
        }

        var made = new MadeChoice(pending, [.. chosen.Distinct()]);
        SessionRequest.Of(Context).Choice = made;
        var visitor = Context.User;
        if (!await resumer.SignInAsync(pending))
        {
            return Gone();
        }

        if (made.IsTooFew || made.IsSpent)
        {
            // Identity takes them for signed in: the page that they see is still nobody's.
            Context.User = visitor;
        }

        if (made.IsTooFew)
        {
            return await AskAsync(pending) with { IsTooFew = true };
        }

        if (made.IsSpent)
        {
            return Gone();
        }

        cookie.Clear(Context);
        return new SignInChoice { IsDone = true, ReturnUrl = pending.ReturnUrl };
    }

    /// <summary>Takes the sign-in back. The trail says so, and the choice is worth nothing any more.</summary>
    public async Task DeclineAsync()
    {
        if (await ReadAsync() is { } pending)
        {
            await WriteDeclinedAsync(pending);
        }

        cookie.Clear(Context);
    }

    // Nothing is shown for one that would not be good to go on with. Whether it was used, or revoked with the rest, can't be told in an outage.
    private async Task<PendingChoice?> ReadAsync()
    {
        if (cookie.Read(Context) is not { } pending || !await resumer.IsValidAsync(pending) || !await IsRememberedStillAsync(pending))
        {
            return null;
        }

        var isOver = false;
        await boundary.AskStoreAsync(SessionRequest.Of(Context).Budget, TrackingStep.CheckLimit, async token =>
            isOver = await store.IsWrittenAsync(pending.WriteKey, token) || await store.IsJudgedAsync(pending.UserId, pending.IssuedAt, token));
        return isOver ? null : pending;
    }

    // A machine that was revoked meanwhile has passed one factor only.
    private async Task<bool> IsRememberedStillAsync(PendingChoice pending) =>
        pending.SignIn.SecondFactor != SecondFactor.RememberedBrowser || await machines.DigestAsync(Context, pending.UserId) is not null;

    private SignInChoice Gone()
    {
        cookie.Clear(Context);
        return new SignInChoice { IsGone = true };
    }

    private async Task<SignInChoice> AskAsync(PendingChoice pending)
    {
        var (answered, crowd) = await crowds.FindAsync(Context, pending.UserId, pending.Limits);
        return new SignInChoice
        {
            IsUnavailable = !answered,
            Sessions = [.. crowd?.Sessions.Select(sessions.Seen) ?? []],
            Surplus = crowd?.Surplus ?? 0,
            Most = crowd?.Rule.Most ?? 0,
            IsOfType = crowd?.Rule.Types is not null,
        };
    }

    private async Task WriteDeclinedAsync(PendingChoice pending)
    {
        var deviceId = deviceCookie.Read(Context);
        var now = time.GetUtcNow();
        var declined = new SessionEventDescriptor
        {
            Id = Guid.CreateVersion7(now),
            Kind = SessionEventKind.LimitDeclined,
            UserId = pending.UserId,
            Scheme = pending.Scheme,
            Origin = await describer.DescribeAsync(Context, deviceId),
            SignIn = pending.SignIn,
            WriteKey = pending.WriteKey,
            OccurredAt = now,
        };
        await boundary.AskStoreAsync(SessionRequest.Of(Context).Budget, TrackingStep.CheckLimit, async token =>
        {
            await store.RecordAsync(declined, token);
            logger.ChoiceDeclined();
            hooks.Publish(declined);
        });
    }
}
