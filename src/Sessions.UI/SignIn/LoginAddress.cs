using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Sessions.UI.SignIn;

/// <summary>The app's login page.</summary>
internal static class LoginAddress
{
    /// <summary>Its address below the app's base path, with a tilde for that.</summary>
    public static string Of(IServiceProvider services) =>
        services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(IdentityConstants.ApplicationScheme).LoginPath is { HasValue: true } path
            ? $"~{path}"
            : "~/";
}
