using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Sessions.Identity.Stores;
using Sessions.Identity.Validation;

namespace Sessions.Identity.Limits;

/// <summary>Keeps a pending choice in the browser: protected, for a few minutes, in chunks where a ticket's properties are many.</summary>
/// <remarks>It is no scheme of its own: one more scheme can change which one is an app's default.</remarks>
internal sealed class PendingChoiceCookie(IDataProtectionProvider protection, TimeProvider time)
{
    public const string Name = "Sessions.Choice";

    /// <summary>How long somebody may think it over. After that they log in again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private readonly IDataProtector _protector = protection.CreateProtector("Sessions.Identity.PendingChoice.v1");
    private readonly ChunkingCookieManager _cookies = new();

    public void Write(HttpContext context, PendingChoice choice)
    {
        ResponseCookie.Remove(context, Name);
        var options = OptionsFor(context);
        options.MaxAge = Lifetime;
        _cookies.AppendResponseCookie(context, Name, _protector.Protect(JsonSerializer.Serialize(choice, StoredJson.Default.PendingChoice)), options);
    }

    /// <summary>Reads the choice that the browser sent.</summary>
    /// <returns>The choice, or <see langword="null"/> if there is none, it was changed, or its time is over.</returns>
    public PendingChoice? Read(HttpContext context)
    {
        if (_cookies.GetRequestCookie(context, Name) is not { Length: > 0 } value)
        {
            return null;
        }

        try
        {
            var choice = JsonSerializer.Deserialize(_protector.Unprotect(value), StoredJson.Default.PendingChoice);
            return choice?.EndsAt > time.GetUtcNow() ? choice : null;
        }
        catch (Exception fault) when (fault is CryptographicException or JsonException)
        {
            // Tampered with, or from before the key ring was replaced, or of another version.
            return null;
        }
    }

    public void Clear(HttpContext context)
    {
        ResponseCookie.Remove(context, Name);
        _cookies.DeleteCookie(context, Name, OptionsFor(context));
    }

    /// <summary>Whether this response still gives the browser a choice: whoever clears a response takes it back, as it would take a ticket.</summary>
    public static bool IsIn(HttpContext context) => ResponseCookie.Find(context, Name) is not null;

    public static void Withdraw(HttpContext context) => ResponseCookie.Remove(context, Name);

    private static CookieOptions OptionsFor(HttpContext context) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        Path = "/",
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
    };
}
