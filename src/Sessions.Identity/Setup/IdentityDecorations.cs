using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Sessions.Identity.Accounts;
using Sessions.Identity.EntityFrameworkCore;
using Sessions.Identity.Limits;
using Sessions.Identity.Revocation;
using Sessions.Identity.SignIn;
using Sessions.Identity.Tracking;
using Sessions.Identity.Validation;

namespace Sessions.Identity;

/// <summary>Puts ours in front of Identity's services. Each of them still does its work.</summary>
internal static class IdentityDecorations
{
    // A host's own manager stays: it may be injected by its own type. The start-up check says what it then misses.
    public static void DecorateSignInManager(this IServiceCollection services, Type userType)
    {
        var manager = typeof(SignInManager<>).MakeGenericType(userType);
        var registered = services.LastOrDefault(service => !service.IsKeyedService && service.ServiceType == manager);
        if (registered is null || registered.ImplementationType == manager)
        {
            services.RemoveAll(manager);
            services.AddScoped(manager, typeof(SessionSignInManager<>).MakeGenericType(userType));
        }
    }

    public static void DecoratePasswordHasher(this IServiceCollection services, Type userType)
    {
        if (UserKey.TypeOf(userType) is { } keyType)
        {
            var hasher = typeof(IPasswordHasher<>).MakeGenericType(userType);
            StockService.MoveAside(services, hasher, typeof(PasswordHasher<>).MakeGenericType(userType));
            services.AddScoped(hasher, typeof(RehashNoticingPasswordHasher<,>).MakeGenericType(userType, keyType));
        }
    }

    public static void DecorateStampValidator(this IServiceCollection services, Type userType)
    {
        var identitysOwn = typeof(SecurityStampValidator<>).MakeGenericType(userType);
        var registered = services.LastOrDefault(service => !service.IsKeyedService && service.ServiceType == typeof(ISecurityStampValidator));
        var isIdentitysOwn = registered is null || registered.ImplementationType == identitysOwn;

        services.TryAddSingleton(root => new StockStampValidator(isIdentitysOwn, root.GetRequiredService<IOptions<SecurityStampValidatorOptions>>()));
        StockService.MoveAside(services, typeof(ISecurityStampValidator), identitysOwn);
        services.AddScoped<ISecurityStampValidator, SessionSecurityStampValidator>();
    }

    public static void DecorateAuthentication(this IServiceCollection services)
    {
        StockService.MoveAside(services, typeof(IAuthenticationService), typeof(AuthenticationService));

        // Made by hand, since it is made for every request: its parts are the app's, only what it stands in front of is the scope's.
        services.AddScoped<IAuthenticationService>(scope => new SessionAuthenticationService(
            StockService.Of<IAuthenticationService>(scope),
            scope.GetRequiredService<TrackedSchemes>(),
            scope.GetRequiredService<TicketUser>(),
            scope.GetRequiredService<SessionValidator>(),
            scope.GetRequiredService<SignInGate>(),
            scope.GetRequiredService<SignInRecorder>(),
            scope.GetRequiredService<SessionlessSignInRecorder>(),
            scope.GetRequiredService<FirstStepTicket>(),
            scope.GetRequiredService<RememberedMachines>(),
            scope.GetRequiredService<SignOutRecorder>(),
            scope.GetRequiredService<TicketCookie>(),
            scope.GetRequiredService<SessionClaims>(),
            scope.GetRequiredService<OwnStampChange>(),
            scope.GetRequiredService<ExpiredTicket>(),
            scope.GetRequiredService<TrackingBoundary>(),
            scope.GetRequiredService<SessionsState>()));
    }
}
