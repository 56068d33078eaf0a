using System.Collections.Frozen;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sessions.Identity.Devices;
using Sessions.Identity.EntityFrameworkCore;

namespace Sessions.Identity.SignIn;

/// <summary>What is taken from a request to describe it, bounded. Work that is given up may still hold it; the request itself it must not.</summary>
internal sealed record RequestSnapshot
{
    private const int MostOfEach = 256;

    public static RequestSnapshot Empty { get; } = new();

    public IPAddress? Address { get; init; }

    public string? UserAgent { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = FrozenDictionary<string, string>.Empty;

    public string? TraceId { get; init; }

    public string? Endpoint { get; init; }

    public SessionRequestInfo? Info { get; init; }

    public static RequestSnapshot Of(HttpContext context, IPAddress? address)
    {
        var info = InfoOf(context, address);
        return new()
        {
            Address = address,
            UserAgent = info.UserAgent,
            Headers = ClientHintHeaders.Capture(context.Request.Headers),
            TraceId = info.TraceId,
            Endpoint = info.Endpoint ?? context.Request.Path.Value,
            Info = info,
        };
    }

    private static SessionRequestInfo InfoOf(HttpContext context, IPAddress? address)
    {
        var request = context.Request;
        return new()
        {
            Method = Cut(request.Method)!,
            Scheme = Cut(request.Scheme)!,
            Host = Cut(request.Host.Value) ?? string.Empty,
            Path = Cut((request.PathBase + request.Path).Value)!,
            Endpoint = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText,
            TraceId = Activity.Current?.Id ?? context.TraceIdentifier,
            IpAddress = address?.ToString(),
            UserAgent = ColumnLengths.Cut(Text(request.Headers.UserAgent), ColumnLengths.UserAgent),
            Culture = CultureInfo.CurrentCulture,
            UICulture = CultureInfo.CurrentUICulture,
        };
    }

    private static string? Cut(string? text) => ColumnLengths.Cut(text, MostOfEach);

    private static string? Text(Microsoft.Extensions.Primitives.StringValues header) => header.Count == 0 ? null : header.ToString();
}
