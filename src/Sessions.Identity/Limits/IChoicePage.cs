using Microsoft.AspNetCore.Http;

namespace Sessions.Identity.Limits;

/// <summary>Where people choose which device to sign out.</summary>
internal interface IChoicePage
{
    /// <summary>Finds the page.</summary>
    /// <returns>Its path, or <see langword="null"/> in an app that has no such page: then nobody is asked.</returns>
    string? PathFor(HttpContext context);
}

/// <summary>An app without the pages of Sessions.UI.</summary>
internal sealed class NoChoicePage : IChoicePage
{
    public string? PathFor(HttpContext context) => null;
}
