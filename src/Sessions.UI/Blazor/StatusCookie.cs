using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Sessions.UI.Blazor;

/// <summary>Carries what a form did over the redirect to the page that tells it, as TempData does for Razor Pages.</summary>
internal static class StatusCookie
{
    private const string Name = "Sessions.Status";

    private static readonly TimeSpan _lifetime = TimeSpan.FromMinutes(1);

    public static void Write(HttpContext context, string status) =>
        context.Response.Cookies.Append(Name, Protector(context).Protect(status, _lifetime), Options(context, _lifetime));

    /// <summary>Takes it out of the request: it is told once.</summary>
    public static string? Take(HttpContext context)
    {
        if (context.Request.Cookies[Name] is not { Length: > 0 } value)
        {
            return null;
        }

        context.Response.Cookies.Delete(Name, Options(context, lifetime: null));
        try
        {
            return Protector(context).Unprotect(value);
        }
        catch (CryptographicException)
        {
            return null; // too old, or not ours
        }
    }

    private static ITimeLimitedDataProtector Protector(HttpContext context) =>
        context.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("Sessions.UI.Status.v1").ToTimeLimitedDataProtector();

    private static CookieOptions Options(HttpContext context, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = lifetime,
        Path = "/",
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
    };
}
