using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Sessions.Identity.Limits;

/// <summary>What keeps users to the number of devices that they may be signed in on.</summary>
internal static class LimitServices
{
    public static void AddLimits(this IServiceCollection services, Type userType)
    {
        services.TryAddSingleton<LimitFinder>();
        services.TryAddSingleton<CrowdFinder>();
        services.TryAddSingleton<PendingChoiceCookie>();
        services.TryAddSingleton<SignInGate>();
        services.TryAddScoped(typeof(ISignInResumer), typeof(SignInResumer<>).MakeGenericType(userType));
        services.TryAddScoped<SignInChoices>();
    }
}
