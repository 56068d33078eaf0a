using System.Globalization;

namespace Sessions.Identity;

/// <summary>A snapshot of a request, taken while it was there. Everything in it was written by the client and is bounded.</summary>
public sealed record SessionRequestInfo
{
    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>"https" or "http", as the app saw it.</summary>
    public required string Scheme { get; init; }

    /// <summary>The host that the request named. A client writes it: don't build links of it unless the app's allowed hosts are set.</summary>
    public required string Host { get; init; }

    /// <summary>The path below which the app runs, and the path of the request, without its query.</summary>
    public required string Path { get; init; }

    /// <summary>The endpoint's route pattern, where there was one.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The trace id, or the request's id.</summary>
    public string? TraceId { get; init; }

    /// <summary>The client's address, as much of it as <see cref="UserSessionOptions.IpAddressMode"/> keeps.</summary>
    public string? IpAddress { get; init; }

    /// <summary>The user agent, cut to its bound.</summary>
    public string? UserAgent { get; init; }

    /// <summary>The culture in which the request was answered, for dates and numbers.</summary>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    /// <summary>The language in which the request was answered.</summary>
    public CultureInfo UICulture { get; init; } = CultureInfo.InvariantCulture;
}
