using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Sessions.Identity.Access;

/// <summary>The services by which pages require that credentials were entered lately.</summary>
internal static class AccessServiceCollectionExtensions
{
    public static void AddAccessConfirmation(this IServiceCollection services, Type userType)
    {
        services.TryAddSingleton<AccessConfirmation>();
        services.TryAddSingleton<AccessRecorder>();
        services.TryAddScoped(typeof(IAccessCredentials), typeof(AccessCredentials<>).MakeGenericType(userType));
        services.Configure<AuthorizationOptions>(options => options.AddPolicy(ConfirmedAccessAttribute.PolicyName, policy => policy.RequireConfirmedAccess()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAuthorizationHandler, ConfirmedAccessHandler>());

        // In front of the app's own, or the framework's. One that the app registers later takes this one's place: then a person who lacks a
        // confirmation is told so as for any permission.
        StockService.MoveAside(services, typeof(IAuthorizationMiddlewareResultHandler), typeof(AuthorizationMiddlewareResultHandler));
        services.AddTransient<IAuthorizationMiddlewareResultHandler>(scope => new ConfirmAccessResultHandler(
            StockService.Of<IAuthorizationMiddlewareResultHandler>(scope), scope.GetRequiredService<AccessConfirmation>()));
    }
}
