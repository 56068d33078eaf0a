using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Sessions.Identity.Tracking;

namespace Sessions.Identity.SignIn;

/// <summary>The browser-continuity cookie: a random id, protected, minted only at sign-in, surviving sign-out.</summary>
internal sealed class DeviceCookie(IDataProtectionProvider protection, TrackingBoundary boundary, IOptions<UserSessionOptions> options)
{
    private const int IdBytes = 16;

    private readonly IDataProtector _protector = protection.CreateProtector("Sessions.Identity.DeviceCookie.v1");

    public static string NewId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(IdBytes));

    /// <summary>Reads the id that the browser sent.</summary>
    /// <returns>The id, or <see langword="null"/> if there is none, it is not one of ours, or it can't be read: then the next sign-in mints another.</returns>
    public string? Read(HttpContext context)
    {
        string? id = null;
        boundary.Run(TrackingStep.ReadDeviceCookie, () => id = Unprotect(context));
        return id;
    }

    public void Write(HttpContext context, string id) =>
        context.Response.Cookies.Append(options.Value.DeviceCookie.Name, _protector.Protect(id), new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = options.Value.DeviceCookie.Lifetime,
            Path = "/",
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });

    private string? Unprotect(HttpContext context)
    {
        if (context.Request.Cookies[options.Value.DeviceCookie.Name] is not { Length: > 0 } value)
        {
            return null;
        }

        try
        {
            return _protector.Unprotect(value);
        }
        catch (CryptographicException)
        {
            // Tampered with, or from before the key ring was replaced.
            return null;
        }
    }
}
