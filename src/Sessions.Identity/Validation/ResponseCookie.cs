using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Sessions.Identity.Validation;

/// <summary>A cookie that is already in this response, whole or in chunks as ASP.NET Core's cookie manager writes it.</summary>
internal static class ResponseCookie
{
    private const string ChunkCount = "chunks-";

    /// <summary>Finds the value that the response gives the cookie.</summary>
    /// <returns>The value, chunks joined, or <see langword="null"/> if the response sets none.</returns>
    public static string? Find(HttpContext context, string name)
    {
        var set = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var header in context.Response.Headers.SetCookie)
        {
            if (Parse(header) is { } cookie && IsPartOf(cookie.Name.Value!, name))
            {
                set[cookie.Name.Value!] = Uri.UnescapeDataString(cookie.Value.Value ?? string.Empty);
            }
        }

        if (!set.TryGetValue(name, out var value) || value.Length == 0)
        {
            return null;
        }

        return value.StartsWith(ChunkCount, StringComparison.Ordinal) && int.TryParse(value.AsSpan(ChunkCount.Length), out var count)
            ? string.Concat(Enumerable.Range(1, Math.Min(count, set.Count)).Select(chunk => set.GetValueOrDefault($"{name}C{chunk}")))
            : value;
    }

    /// <summary>Takes the cookie out of the response, so that it can be written once more.</summary>
    public static void Remove(HttpContext context, string name)
    {
        var headers = context.Response.Headers;
        headers.SetCookie = headers.SetCookie.Where(header => Parse(header) is not { } cookie || !IsPartOf(cookie.Name.Value!, name)).ToArray();
    }

    private static SetCookieHeaderValue? Parse(string? header) => SetCookieHeaderValue.TryParse(header, out var cookie) ? cookie : null;

    private static bool IsPartOf(string part, string name) =>
        part.StartsWith(name, StringComparison.Ordinal)
        && (part.Length == name.Length || (part[name.Length] == 'C' && int.TryParse(part.AsSpan(name.Length + 1), out _)));
}
