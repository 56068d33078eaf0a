using System.Collections.Frozen;
using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sessions.Identity.Devices;
using Sessions.Identity.EntityFrameworkCore;

namespace Sessions.Identity.SignIn;

/// <summary>What is taken from a request to describe it, bounded. Work that is given up may still hold it; the request itself it must not.</summary>
internal sealed record RequestSnapshot
{
    public static RequestSnapshot Empty { get; } = new();

    public IPAddress? Address { get; init; }

    public string? UserAgent { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = FrozenDictionary<string, string>.Empty;

    public string? TraceId { get; init; }

    public string? Endpoint { get; init; }

    public static RequestSnapshot Of(HttpContext context) => new()
    {
        UserAgent = ColumnLengths.Cut(Text(context.Request.Headers.UserAgent), ColumnLengths.UserAgent),
        Headers = ClientHintHeaders.Capture(context.Request.Headers),
        TraceId = Activity.Current?.Id ?? context.TraceIdentifier,
        Endpoint = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? context.Request.Path.Value,
    };

    private static string? Text(Microsoft.Extensions.Primitives.StringValues header) => header.Count == 0 ? null : header.ToString();
}
