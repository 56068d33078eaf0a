using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sessions.Identity.SignIn;
using Sessions.Identity.Stores;
using Sessions.Identity.Tracking;
using Sessions.Identity.Validation;

namespace Sessions.Identity.Limits;

/// <summary>Finds the sessions that are in the way of one more: not those of this very browser, whose place the new one takes.</summary>
internal sealed class CrowdFinder(DeviceCookie deviceCookie, RequestDescriber describer, TrackingBoundary boundary)
{
    /// <param name="context">The request that signs in.</param>
    /// <param name="userId">Who signs in.</param>
    /// <param name="limits">Their limits.</param>
    /// <param name="without">Sessions that are about to end.</param>
    /// <returns>Whether the store answered, and the sessions, if there is no room.</returns>
    public async Task<(bool Answered, Crowd? Crowd)> FindAsync(HttpContext context, string userId, SignInLimits limits, IReadOnlyList<Guid>? without = null)
    {
        if (limits.IsNone)
        {
            return (true, null);
        }

        var request = SessionRequest.Of(context);
        var deviceId = deviceCookie.Read(context);
        var replaced = request.LiveSession?.Id;
        var deviceType = limits.PerDeviceType.Count > 0 ? await describer.DeviceTypeOfAsync(context) : null;

        IReadOnlyList<UserSessionInfo> others = [];
        var services = context.RequestServices;
        var answered = await boundary.AskStoreAsync(request.Budget, TrackingStep.CheckLimit, async token =>
            others = await services.GetRequiredService<IUserSessionStore>().ListElsewhereAsync(userId, deviceId, replaced, token));
        var staying = without is { Count: > 0 } ? [.. others.Where(other => !without.Contains(other.Id))] : others;
        return (answered, answered ? Crowd.Of(limits, deviceType, staying) : null);
    }

    /// <summary>Whether a write has failed because the same choice was made in a request beside this one.</summary>
    public async Task<bool> IsSpentAsync(HttpContext context, MadeChoice choice)
    {
        var services = context.RequestServices;
        await boundary.AskStoreAsync(SessionRequest.Of(context).Budget, TrackingStep.CheckLimit, async token =>
            choice.IsSpent = await services.GetRequiredService<IUserSessionStore>().IsWrittenAsync(choice.Pending.WriteKey, token));
        return choice.IsSpent;
    }
}
