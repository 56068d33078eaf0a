using Microsoft.AspNetCore.Http;
using Sessions.Identity;

namespace Sessions.UI.Badges;

/// <summary>Whether a way of signing in is the one that this browser used last.</summary>
internal static class LastUsed
{
    public const string Classes = "sessions-last-used badge text-bg-secondary";

    public static async Task<bool> IsAsync(HttpContext? context, string? method, string? provider) =>
        context is not null
        && (method is not null || provider is not null)
        && await context.GetLastSignInAsync(CancellationToken.None) is { } last
        && IsSame(method, last.Method)
        && IsSame(provider?.Trim(), last.Provider);

    private static bool IsSame(string? asked, string? used) => asked is null || string.Equals(asked, used, StringComparison.OrdinalIgnoreCase);
}
