using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Sessions.Identity.Validation;

/// <summary>Carries the reason of a refusal to the login page, in a short-lived protected cookie that survives the redirect there.</summary>
internal sealed class SignedOutNotice(IDataProtectionProvider protection)
{
    public const string CookieName = "Sessions.SignedOut";

    private static readonly TimeSpan _lifetime = TimeSpan.FromMinutes(5);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Sessions.Identity.SignedOutNotice.v1").ToTimeLimitedDataProtector();

    /// <summary>Leaves word why the request was refused. Nothing for an end that is silent.</summary>
    public void Write(HttpContext context, string? reason)
    {
        if (SessionEndReason.IsSilent(reason))
        {
            return;
        }

        context.Response.Cookies.Append(CookieName, _protector.Protect(reason ?? string.Empty, _lifetime), new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = _lifetime,
            Path = "/",
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });
    }

    /// <summary>Takes the reason out of the request: it is told once.</summary>
    /// <returns>The reason, an empty text when none is known, or <see langword="null"/> when nobody was refused.</returns>
    public string? Take(HttpContext context)
    {
        if (string.IsNullOrEmpty(context.Request.Cookies[CookieName]))
        {
            return null;
        }

        Forget(context);
        return Read(context);
    }

    /// <summary>Removes the reason from the browser.</summary>
    public static void Forget(HttpContext context) =>
        context.Response.Cookies.Delete(CookieName, new CookieOptions { Path = "/", SameSite = SameSiteMode.Lax, HttpOnly = true, Secure = context.Request.IsHttps });

    /// <summary>Reads the reason, and leaves it in the browser.</summary>
    /// <returns>As for <see cref="Take"/>.</returns>
    public string? Read(HttpContext context)
    {
        if (context.Request.Cookies[CookieName] is not { Length: > 0 } value)
        {
            return null;
        }

        try
        {
            return _protector.Unprotect(value);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            // Tampered with, or too old: then there is nothing to tell.
            return null;
        }
    }
}
