using Sessions.Identity.EntityFrameworkCore;

namespace Sessions.Identity.SignIn;

/// <summary>A provider's name in the one form in which it is kept and compared: "google", "microsoft", "github".</summary>
internal static class ProviderName
{
    public static string? Normalize(string? provider)
    {
#pragma warning disable CA1308 // Providers are lower-case in the trail.
        var name = provider?.Trim().ToLowerInvariant();
#pragma warning restore CA1308
        return string.IsNullOrEmpty(name) ? null : ColumnLengths.Cut(name, nameof(IdentityUserSession<>.Provider));
    }
}
