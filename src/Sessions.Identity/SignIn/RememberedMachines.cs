using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sessions.Identity.Diagnostics;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;
using Sessions.Identity.Validation;

namespace Sessions.Identity.SignIn;

/// <summary>
/// Ties "remember this machine" of two-factor sign-ins to the machine's sessions: the ticket has a nonce, their rows its digest. Asked
/// only where Identity asks whether the machine is remembered, never at ordinary requests.
/// </summary>
internal sealed class RememberedMachines(
    RequestTicket tickets,
    TicketLifetime lifetime,
    TrackingBoundary boundary,
    IOptionsMonitor<CookieAuthenticationOptions> cookies,
    IOptions<UserSessionOptions> options,
    TimeProvider time,
    ILogger<RememberedMachines> logger)
{
    public static readonly string Scheme = IdentityConstants.TwoFactorRememberMeScheme;

    public static bool IsOf(string? scheme) => scheme == Scheme;

    /// <summary>Judges a ticket that the cookie handler finds valid.</summary>
    /// <returns>The same result, or a failure where the second factor is to be asked again.</returns>
    public async Task<AuthenticateResult> ConfirmAsync(HttpContext context, IAuthenticationService inner, AuthenticateResult result)
    {
        if (!result.Succeeded || (Presented(context, result.Ticket) is not { } machine))
        {
            return result;
        }

        machine.IsCurrent = true;
        await JudgeAsync(context, machine);
        if (machine.Trust == MachineTrust.Worthless)
        {
            logger.MachineNotRemembered();
            await boundary.RunHereAsync(TrackingStep.WriteCookie, () => inner.SignOutAsync(context, Scheme, properties: null));
        }
        else if (machine.Trust == MachineTrust.Bound)
        {
            await GiveNonceAsync(context, inner, machine);
        }

        return machine.IsTrusted ? result : AuthenticateResult.Fail("This machine is not remembered any more.");
    }

    /// <summary>Takes note of a ticket that is about to be written. The sign-in that follows ties it to its session; without one the session that there is has it.</summary>
    public async Task RememberingAsync(HttpContext context, ClaimsPrincipal principal, AuthenticationProperties properties)
    {
        var request = SessionRequest.Of(context);
        if (UserOf(principal) is not { } userId || request.IsSkipped || properties.GetRememberNonce() is not null)
        {
            return;
        }

        var machine = new RememberedMachine(userId, principal, properties, RememberNonce.New()) { IsCurrent = true, Trust = MachineTrust.Unbound };
        request.Machine = machine;
        if (request is { Attempt: null, Ticket: { Outcome: SessionOutcome.Live, Session: { } session } } && session.UserId == userId
            && await TieAsync(context, session.Id, machine.Nonce.Digest()))
        {
            properties.SetRememberNonce(machine.Nonce);
        }
    }

    /// <summary>Finds what a session has to know of the machine that it begins on.</summary>
    /// <returns>The digest, or <see langword="null"/> if the machine is not remembered for that user.</returns>
    public async Task<string?> DigestAsync(HttpContext context, string userId)
    {
        var machine = SessionRequest.Of(context).Machine ?? Presented(context, handled: null);
        if (machine?.UserId != userId)
        {
            return null;
        }

        await JudgeAsync(context, machine);
        return machine.IsTrusted ? machine.Nonce.Digest() : null;
    }

    /// <summary>The same for a ticket that is adopted, without asking: its machine was remembered before anything could be revoked.</summary>
    public string? DigestUnasked(HttpContext context, string userId) =>
        Presented(context, handled: null) is { } machine && machine.UserId == userId ? machine.Nonce.Digest() : null;

    /// <summary>Puts its nonce into a ticket without one, once the session that has the digest was written.</summary>
    public async Task SignedInAsync(HttpContext context, IAuthenticationService inner)
    {
        if (SessionRequest.Of(context) is { Machine: { IsTrusted: true, IsCurrent: true } machine, Ticket: { Outcome: SessionOutcome.Live, Session: { } session } } request
            && session.UserId == machine.UserId
            && request.SignedInUserId == machine.UserId)
        {
            await GiveNonceAsync(context, inner, machine);
        }
    }

    private async Task JudgeAsync(HttpContext context, RememberedMachine machine)
    {
        if (machine.Trust != MachineTrust.NotAsked)
        {
            return;
        }

        bool? isTrusted = null;
        var (services, digest) = (context.RequestServices, machine.Nonce.Digest());
        var answered = await boundary.AskStoreAsync(
            SessionRequest.Of(context).Budget,
            TrackingStep.CheckMachine,
            async token => isTrusted = await Store(services).IsTrustedMachineAsync(machine.UserId, digest, token));

        // No answer is an outage: what Identity says stands.
        machine.Trust = (answered, isTrusted) switch
        {
            (false, _) => options.Value.OnTrackingFailure == TrackingFailureMode.Refuse ? MachineTrust.FailedClosed : MachineTrust.Unbound,
            (_, true) => MachineTrust.Bound,
            (_, null) when !machine.HasNonce && !IsOutlived(machine) => MachineTrust.Unbound,
            _ => MachineTrust.Worthless,
        };
    }

    // Its session may have been revoked, and its row removed since: then only its age tells that it is not used for the first time.
    private bool IsOutlived(RememberedMachine machine) =>
        options.Value.EndedSessionRetention is { } retention && machine.Properties.IssuedUtc <= time.GetUtcNow() - retention;

    private async Task<bool> TieAsync(HttpContext context, Guid sessionId, string digest)
    {
        var isTied = false;
        var services = context.RequestServices;
        await boundary.AskStoreAsync(
            SessionRequest.Of(context).Budget,
            TrackingStep.TieMachine,
            async token => isTied = await Store(services).TieMachineAsync(sessionId, digest, token));
        return isTied;
    }

    // The cookie's own ticket, without what claims transformations made of it for this request. One that the host keeps on the server is
    // known only from the handler.
    private RememberedMachine? Presented(HttpContext context, AuthenticationTicket? handled)
    {
        var request = SessionRequest.Of(context);
        if (request.Machine is not null)
        {
            return request.Machine;
        }

        boundary.Run(TrackingStep.CheckMachine, () =>
        {
            if (tickets.Cookie(context, Scheme) is { } cookie
                && (cookies.Get(Scheme).SessionStore is null ? tickets.Read(context, Scheme) : handled) is { } ticket
                && UserOf(ticket.Principal) is { } userId)
            {
                var nonce = ticket.Properties.GetRememberNonce() ?? RememberNonce.Derive(cookie);
                request.Machine = new RememberedMachine(userId, ticket.Principal, ticket.Properties, nonce);
            }
        });
        return request.Machine;
    }

    private async Task GiveNonceAsync(HttpContext context, IAuthenticationService inner, RememberedMachine machine)
    {
        if (machine.HasNonce || context.Response.HasStarted)
        {
            return;
        }

        await boundary.RunHereAsync(TrackingStep.WriteCookie, () =>
        {
            machine.Properties.SetRememberNonce(machine.Nonce);
            lifetime.Slide(Scheme, machine.Properties, time.GetUtcNow());
            ResponseCookie.Remove(context, cookies.Get(Scheme).Cookie.Name!);
            return inner.SignInAsync(context, Scheme, machine.Principal, machine.Properties);
        });
    }

    // As Identity writes and reads it.
    private static string? UserOf(ClaimsPrincipal principal) => principal.FindFirst(ClaimTypes.Name)?.Value;

    private static IUserSessionStore Store(IServiceProvider services) => services.GetRequiredService<IUserSessionStore>();
}
