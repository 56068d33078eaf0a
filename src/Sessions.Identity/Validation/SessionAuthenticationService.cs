using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Sessions.Identity.Limits;
using Sessions.Identity.Revocation;
using Sessions.Identity.SignIn;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Validation;

/// <summary>Sees every ticket that is read, written or cleared, whatever manager, events or validators the host has.</summary>
internal sealed class SessionAuthenticationService(
    IAuthenticationService inner,
    TrackedSchemes schemes,
    TicketUser ticketUser,
    SessionValidator validator,
    SignInGate gate,
    SignInRecorder signIns,
    SessionlessSignInRecorder sessionlessSignIns,
    FirstStepTicket firstStep,
    RememberedMachines machines,
    SignOutRecorder signOuts,
    TicketCookie cookie,
    SessionClaims claims,
    OwnStampChange ownChange,
    ExpiredTicket expired,
    TrackingBoundary boundary,
    SessionsState state) : IAuthenticationService
{
    // What Identity signs out whose ticket has an older stamp than the user.
    private static readonly string?[] _ofIdentity =
    [
        IdentityConstants.ApplicationScheme, IdentityConstants.ExternalScheme, IdentityConstants.TwoFactorUserIdScheme, IdentityConstants.TwoFactorRememberMeScheme,
    ];

    public async Task<AuthenticateResult> AuthenticateAsync(HttpContext context, string? scheme)
    {
        context.Features.Get<CompositionProbe>()?.Reached();
        if (FirstStepTicket.IsOf(scheme))
        {
            return firstStep.Read(context, await inner.AuthenticateAsync(context, scheme));
        }

        if (RememberedMachines.IsOf(scheme) && state.IsEnabled)
        {
            return await machines.ConfirmAsync(context, inner, await inner.AuthenticateAsync(context, scheme));
        }

        if (await schemes.ToAuthenticateAsync(scheme) is not { } name || !TrackedSchemes.IsTracked(name) || !state.IsEnabled)
        {
            return await inner.AuthenticateAsync(context, scheme);
        }

        var request = SessionRequest.Of(context);
        cookie.Watch(context, request, name);
        request.IsAuthenticating = true;
        try
        {
            return await ConfirmAsync(context, name, await inner.AuthenticateAsync(context, scheme));
        }
        finally
        {
            request.IsAuthenticating = false;
        }
    }

    public async Task SignInAsync(HttpContext context, string? scheme, ClaimsPrincipal principal, AuthenticationProperties? properties)
    {
        var name = await schemes.ToSignInAsync(scheme);
        if (state.IsEnabled && TrackedSchemes.IsTracked(name))
        {
            properties ??= new AuthenticationProperties();
            await KnowTicketAsync(context, name!);
            Task WriteAsync() => WriteTicketAsync(context, scheme, name!, principal, properties);
            if (!await gate.HoldsAsync(context, name!, principal, properties, WriteAsync))
            {
                await WriteAsync();
            }

            return;
        }

        if (state.IsEnabled && FirstStepTicket.IsOf(name))
        {
            properties ??= new AuthenticationProperties();
            firstStep.Write(context, properties);
        }
        else if (state.IsEnabled && RememberedMachines.IsOf(name))
        {
            properties ??= new AuthenticationProperties();
            await KnowSessionAsync(context);
            await machines.RememberingAsync(context, principal, properties);
        }

        await inner.SignInAsync(context, scheme, principal, properties);
        if (TrackedSchemes.IsBearer(name))
        {
            await RecordBearerAsync(context, name!, principal);
        }
    }

    public async Task SignOutAsync(HttpContext context, string? scheme, AuthenticationProperties? properties)
    {
        var name = await schemes.ToSignOutAsync(scheme);
        if (await StaysAsync(context, name))
        {
            return;
        }

        if (!state.IsEnabled || !TrackedSchemes.IsTracked(name))
        {
            await inner.SignOutAsync(context, scheme, properties);
            return;
        }

        SignInGate.Release(context);
        await KnowTicketAsync(context, name!);
        await inner.SignOutAsync(context, scheme, properties);
        var request = SessionRequest.Of(context);
        (request.CookieIsSettled, request.HasSignedOut) = (true, true);
        await signOuts.SignedOutAsync(context, name!);
    }

    public Task ChallengeAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) =>
        inner.ChallengeAsync(context, scheme, properties);

    public Task ForbidAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) =>
        inner.ForbidAsync(context, scheme, properties);

    private async Task WriteTicketAsync(HttpContext context, string? scheme, string name, ClaimsPrincipal principal, AuthenticationProperties properties)
    {
        if (await signIns.SigningInAsync(context, name, principal, properties))
        {
            var request = SessionRequest.Of(context);
            (request.CookieIsSettled, request.HasSignedOut) = (true, false);
            await inner.SignInAsync(context, scheme, principal, properties);
            await machines.SignedInAsync(context, inner);
        }
    }

    private async Task<AuthenticateResult> ConfirmAsync(HttpContext context, string scheme, AuthenticateResult result)
    {
        if (!result.Succeeded)
        {
            await ExplainAsync(context, scheme, result);
            return result;
        }

        // Answered at once where the stamp validator has asked already.
        var ticket = await validator.CheckAsync(context, scheme, result.Principal, result.Properties!);
        if (ticket.IsRefused || validator.FailsClosed(ticket))
        {
            return AuthenticateResult.Fail("The session has ended.");
        }

        SessionRequest.Of(context).Principal = result.Principal;
        return claims.Tell(context, ticket, result);
    }

    // Identity signs out, in the middle of the check, whose ticket has an older stamp than the user: not the device that changed it.
    private async Task<bool> StaysAsync(HttpContext context, string? scheme)
    {
        var request = SessionRequest.Of(context);
        if (!state.IsEnabled || !request.IsAuthenticating)
        {
            return false;
        }

        var stays = request.HasMovedStamp || (TrackedSchemes.IsTracked(scheme) && await ownChange.HappenedMeanwhileAsync(context, request));

        // Whatever becomes of the request: the cookies are those of a newer sign-in by now.
        return stays || (request.Ticket is { IsOverwritten: true } && _ofIdentity.Contains(scheme));
    }

    // A refresh of a token is no sign-in: it comes without an attempt.
    private Task RecordBearerAsync(HttpContext context, string scheme, ClaimsPrincipal principal) =>
        SessionRequest.Of(context).Attempt is { IsRefresh: false } && ticketUser.IdOf(principal) is { } userId
            ? sessionlessSignIns.SignedInAsync(context, scheme, userId)
            : Task.CompletedTask;

    private async Task ExplainAsync(HttpContext context, string scheme, AuthenticateResult result)
    {
        var request = SessionRequest.Of(context);
        if (result.Failure is not null && request.Ticket is null)
        {
            request.Ticket = await expired.ExplainAsync(context, scheme);
        }
    }

    // A machine that is remembered outside of a sign-in is that of the session there is.
    private Task KnowSessionAsync(HttpContext context) =>
        SessionRequest.Of(context).Attempt is null ? KnowTicketAsync(context, TrackedSchemes.Application) : Task.CompletedTask;

    // A validator that signs out in the middle of the check would wait for the very result that it is part of. And what the old cookie's
    // own validation may throw is no reason not to sign in or out.
    private Task KnowTicketAsync(HttpContext context, string scheme) =>
        SessionRequest.Of(context) is { IsAuthenticating: false, CookieIsSettled: false }
            ? boundary.RunHereAsync(TrackingStep.CheckSession, () => AuthenticateAsync(context, scheme))
            : Task.CompletedTask;
}
