using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sessions.Identity.Diagnostics;
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Limits;

/// <summary>
/// Holds a sign-in back where its person must choose first. Whether they can be asked shows only in the response, so it is decided when that
/// starts: a redirect leads to the page that asks; with any other response the sign-in goes on, and the oldest session ends.
/// </summary>
internal sealed class SignInGate(
    TicketUser ticketUser,
    LimitFinder limits,
    CrowdFinder crowds,
    SignInFactsResolver resolver,
    PendingChoiceCookie cookie,
    ISessionsPages pages,
    TrackingBoundary boundary,
    TimeProvider time,
    ILogger<SignInGate> logger)
{
    /// <summary>Looks whether a ticket may be written now.</summary>
    /// <returns>Whether it is held back. Whatever fails here lets it be written.</returns>
    public async Task<bool> HoldsAsync(HttpContext context, string scheme, ClaimsPrincipal principal, AuthenticationProperties properties, Func<Task> signIn)
    {
        Release(context);
        var request = SessionRequest.Of(context);
        if (request.Choice is { } made)
        {
            return await IsTooFewAsync(context, made);
        }

        var isHeld = false;
        if (limits.MayAsk && !GoesOn(properties) && AskableRequest.Is(context, request) && ticketUser.IdOf(principal) is { } userId)
        {
            await boundary.RunHereAsync(TrackingStep.CheckLimit, async () => isHeld = await HoldAsync(context, scheme, userId, principal, properties, signIn));
        }

        return isHeld;
    }

    /// <summary>Forgets the sign-in that this request holds back: it signs out again, or somebody else in.</summary>
    public static void Release(HttpContext context)
    {
        var request = SessionRequest.Of(context);
        if (request.Held is not null)
        {
            request.Held = null;
            PendingChoiceCookie.Withdraw(context);
        }
    }

    // A ticket of a session that there is already is renewed, and takes nobody's place.
    private static bool GoesOn(AuthenticationProperties properties) => properties.GetSessionKey() is not null || properties.GetSeed() is not null;

    private async Task<bool> IsTooFewAsync(HttpContext context, MadeChoice made)
    {
        await boundary.RunHereAsync(TrackingStep.CheckLimit, async () =>
            made.IsTooFew = (await crowds.FindAsync(context, made.Pending.UserId, made.Pending.Limits, made.Sessions)).Crowd is not null);
        return made.IsTooFew;
    }

    private async Task<bool> HoldAsync(
        HttpContext context, string scheme, string userId, ClaimsPrincipal principal, AuthenticationProperties properties, Func<Task> signIn)
    {
        var found = await limits.FindAsync(context, userId, principal);
        if (found.IsNone
            || found.AtLimit != SignInLimitAnswer.Ask
            || pages.LimitPath(context) is not { } path
            || context.RequestServices.GetRequiredService<IUserSessionStore>().HostHoldsTransaction()
            || (await crowds.FindAsync(context, userId, found)).Crowd is null)
        {
            return false;
        }

        var request = SessionRequest.Of(context);
        var now = time.GetUtcNow();
        var held = new HeldSignIn(ChoiceOf(request, scheme, userId, properties, found, now), path, signIn);
        cookie.Write(context, held.Choice);
        if (!PendingChoiceCookie.IsIn(context))
        {
            // The host's cookie policy lets no other cookies through.
            return false;
        }

        if (!request.IsGateWatched)
        {
            context.Response.OnStarting(() => FinishAsync(context, request));
            request.IsGateWatched = true;
        }

        request.Held = held;
        return true;
    }

    private PendingChoice ChoiceOf(
        SessionRequest request, string scheme, string userId, AuthenticationProperties properties, SignInLimits found, DateTimeOffset now) => new()
        {
            Id = Guid.CreateVersion7(now),
            Key = SessionKey.New().Value,
            UserId = userId,
            Scheme = scheme,
            EndsAt = now + PendingChoiceCookie.Lifetime,
            StampDigest = request.Attempt!.UserStampDigest,
            SignIn = resolver.Resolve(request, scheme, request.Attempt),
            Properties = new Dictionary<string, string?>(properties.Items),
            Claims = [.. request.Attempt.AddedClaims!.Select(PendingClaim.Of)],
            Total = found.Total,
            PerDeviceType = new Dictionary<string, int>(found.PerDeviceType),
        };

    private async Task FinishAsync(HttpContext context, SessionRequest request)
    {
        // Nothing is left of it where the host cleared the response, as nothing would be left of a ticket.
        if (request.Held is not { } held || !PendingChoiceCookie.IsIn(context))
        {
            return;
        }

        request.Held = null;
        if (LeadsOn(context) is { } returnUrl && Send(context, held, returnUrl))
        {
            logger.ChoiceAsked();
            return;
        }

        // Outside the boundary: what fails from here on is the sign-in itself, and the app's to answer for.
        PendingChoiceCookie.Withdraw(context);
        await GoOnAsync(context, request, held);
    }

    private string? LeadsOn(HttpContext context)
    {
        string? returnUrl = null;
        boundary.Run(TrackingStep.CheckLimit, () => returnUrl = AskableRequest.RedirectOf(context));
        return returnUrl;
    }

    private bool Send(HttpContext context, HeldSignIn held, string returnUrl)
    {
        if (!boundary.Run(TrackingStep.WriteCookie, () => cookie.Write(context, held.Choice with { ReturnUrl = returnUrl })) || !PendingChoiceCookie.IsIn(context))
        {
            return false;
        }

        // Also in place of a redirect that keeps the method: the password is not to be posted on to another page.
        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.Location = held.Page;
        return true;
    }

    // The cookie handler may take the response for one of a login page and lead away: the app has decided already where it leads.
    private static async Task GoOnAsync(HttpContext context, SessionRequest request, HeldSignIn held)
    {
        var (status, location) = (context.Response.StatusCode, context.Response.Headers.Location);
        request.Attempt = new SignInAttempt { Resumed = held.Choice.SignIn };
        try
        {
            await held.SignIn();
        }
        finally
        {
            request.Attempt = null;
            context.Response.StatusCode = status;
            context.Response.Headers.Location = location;
        }
    }
}
