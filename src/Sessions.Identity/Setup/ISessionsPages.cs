using Microsoft.AspNetCore.Http;

namespace Sessions.Identity;

/// <summary>Where the pages of Sessions.UI are that people are sent to. Each is <see langword="null"/> in an app that does not map them.</summary>
internal interface ISessionsPages
{
    /// <summary>Finds the page where people at the limit of their devices choose which to sign out.</summary>
    /// <returns>Its path with the app's base path; without one nobody is asked.</returns>
    string? LimitPath(HttpContext context);

    /// <summary>Finds the page that asks for credentials once more.</summary>
    /// <returns>Its path with the app's base path.</returns>
    string? ConfirmAccessPath(HttpContext context);
}

/// <summary>An app without Sessions.UI.</summary>
internal sealed class NoSessionsPages : ISessionsPages
{
    public string? LimitPath(HttpContext context) => null;

    public string? ConfirmAccessPath(HttpContext context) => null;
}
