using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity;
using Sessions.Identity.SignIn;
using Sessions.Identity.Tracking;

namespace Microsoft.AspNetCore.Http;

/// <summary>What a host tells of sign-ins that can't tell it themselves: magic links, one-time codes, single sign-on, flows of its own.</summary>
/// <remarks>None of these throws because of tracking, and none holds the request up longer than <see cref="UserSessionOptions.TrackingTimeout"/>.</remarks>
public static class HttpContextSignInExtensions
{
    /// <summary>Says how the sign-in is made that this request is about to make. It wins over all that is known of it otherwise.</summary>
    /// <param name="context">The request.</param>
    /// <param name="method">The method: one of <see cref="SignInMethod"/>, or a word of the host's own (at most 64 characters are kept).</param>
    /// <param name="provider">The provider, where there is one.</param>
    /// <param name="detail">Anything else worth keeping (at most 80 characters are kept). Never a secret.</param>
    /// <remarks>Where the sign-in asks for a second factor, the tag goes with it to the step that completes it. Holds for failures of the same request too.</remarks>
    public static void TagSignIn(this HttpContext context, string method, string? provider = null, string? detail = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentException.ThrowIfNullOrWhiteSpace(method);
        SessionRequest.Of(context).Tag = new SignInFacts { Method = method.Trim(), Provider = ProviderName.Normalize(provider), Detail = detail };
    }

    /// <summary>Keeps this request out of the registry and the trail: a probe's sign-in, a poll that is no activity. Call it before the sign-in.</summary>
    /// <param name="context">The request.</param>
    /// <remarks>
    /// Nothing is checked less: an ended session stays refused, and a sign-out still ends its session. A ticket that is written in such a
    /// request gets its row at its next one, as any ticket without a row does, unless that one is skipped too or adoption is off.
    /// </remarks>
    public static void SkipSessionTracking(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        SessionRequest.Of(context).IsSkipped = true;
    }

    /// <summary>Writes a failed attempt of a flow of the host's own to the trail. It is never linked to an account.</summary>
    /// <param name="context">The request.</param>
    /// <param name="identity">What was typed into the name field, or <see langword="null"/>. Never a password.</param>
    /// <param name="reason">Why: one of <see cref="SignInFailureReason"/>, or a code of the host's own (at most 64 characters are kept).</param>
    /// <param name="method">How it was tried: one of <see cref="SignInMethod"/>.</param>
    /// <param name="provider">The provider, where there is one.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests. An attempt that began to be written is written all the same.</param>
    /// <returns>Whether it is in the trail.</returns>
    public static Task<bool> RecordFailedSignInAsync(
        this HttpContext context, string? identity, string reason, string method = SignInMethod.Unknown, string? provider = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        cancellationToken.ThrowIfCancellationRequested();
        var attempt = new SignInAttempt { Identity = identity, Method = method, Provider = provider };
        return context.RequestServices.GetRequiredService<FailureRecorder>().FailedAsync(context, attempt, TrackedSchemes.Application, reason);
    }

    /// <summary>Writes a sign-in to the trail that no seam sees: a token that the host issues, a cookie of its own.</summary>
    /// <typeparam name="TUser">The type of the app's users.</typeparam>
    /// <param name="context">The request.</param>
    /// <param name="user">Who signed in.</param>
    /// <param name="method">How: one of <see cref="SignInMethod"/>, or a word of the host's own.</param>
    /// <param name="provider">The provider, where there is one.</param>
    /// <param name="detail">Anything else worth keeping. Never a secret.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests. A sign-in that began to be written is written all the same.</param>
    /// <returns>Whether it is in the trail. A sign-in of that user that this request has made by Identity is there already and is not written twice.</returns>
    /// <remarks>It writes an event and no row: what the host issued is not checked here, so no page may offer to sign it out.</remarks>
    public static async Task<bool> TrackSignInAsync<TUser>(
        this HttpContext context, TUser user, string method, string? provider = null, string? detail = null, CancellationToken cancellationToken = default)
        where TUser : class
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(user);
        var userId = await context.RequestServices.GetRequiredService<UserManager<TUser>>().GetUserIdAsync(user);
        cancellationToken.ThrowIfCancellationRequested();
        context.TagSignIn(method, provider, detail);
        return await context.RequestServices.GetRequiredService<SessionlessSignInRecorder>().SignedInAsync(context, TrackedSchemes.Application, userId);
    }

    /// <summary>Says that the person has passed a second factor on the session that this request belongs to. The session keeps it, and the trail has an event of it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="secondFactor">Which: one of <see cref="SecondFactor"/>, or a word of the host's own.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests. A step that began to be written is written all the same.</param>
    /// <returns>Whether it was written. <see langword="false"/> if the request has no tracked session, or tracking is down.</returns>
    public static Task<bool> RecordStepUpAsync(this HttpContext context, string secondFactor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentException.ThrowIfNullOrWhiteSpace(secondFactor);
        cancellationToken.ThrowIfCancellationRequested();
        return context.RequestServices.GetRequiredService<StepUpRecorder>().SteppedUpAsync(context, secondFactor);
    }

    /// <summary>Tells how this browser last signed in, whoever it was: for a "Last used" badge on the login page.</summary>
    /// <param name="context">The request. Nobody needs to be signed in.</param>
    /// <param name="cancellationToken">The token to monitor for cancellation requests.</param>
    /// <returns>The way, or <see langword="null"/> for a browser that never signed in, or while tracking is down.</returns>
    /// <remarks>Reads only: one indexed look-up per request, and none for a browser without the device cookie.</remarks>
    public static Task<LastSignIn?> GetLastSignInAsync(this HttpContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        return context.RequestServices.GetRequiredService<LastSignInFinder>().FindAsync(context);
    }
}
