using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.Limits;

/// <summary>Finds the limits that hold for who signs in. A host's choice that fails limits nobody.</summary>
internal sealed class LimitFinder(IOptions<UserSessionOptions> options, TrackingBoundary boundary)
{
    /// <summary>Whether anybody may be asked at all.</summary>
    public bool MayAsk => options.Value.ConcurrentSignIns is { AtLimit: SignInLimitAnswer.Ask } or { ForUser: not null };

    public async Task<SignInLimits> FindAsync(HttpContext context, string userId, ClaimsPrincipal principal)
    {
        var everybodys = options.Value.ConcurrentSignIns.ForEverybody;
        if (options.Value.ConcurrentSignIns.ForUser is not { } choose)
        {
            return everybodys;
        }

        // Asked once for a sign-in, which may look twice.
        var request = SessionRequest.Of(context);
        if (request.Limits is not { } found || found.UserId != userId)
        {
            request.Limits = found = (userId, await ChooseAsync(context, choose, userId, principal, everybodys));
        }

        return found.Limits;
    }

    // In a scope of its own: what is given up must not go on with the request's services.
    private async Task<SignInLimits> ChooseAsync(
        HttpContext context, Func<SignInLimitContext, ValueTask<SignInLimits?>> choose, string userId, ClaimsPrincipal principal, SignInLimits everybodys)
    {
        var limits = SignInLimits.None;
        var scopes = context.RequestServices.GetRequiredService<IServiceScopeFactory>();
        await boundary.RunAsync(SessionRequest.Of(context).Budget.Half(), TrackingStep.FindLimits, async token =>
        {
            await using var scope = scopes.CreateAsyncScope();
            limits = await choose(new SignInLimitContext(userId, principal, everybodys, scope.ServiceProvider, token)) ?? everybodys;
        });
        return limits;
    }
}
