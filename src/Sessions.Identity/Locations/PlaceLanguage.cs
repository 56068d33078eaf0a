using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

namespace Sessions.Identity.Locations;

/// <summary>The language that places are named in: one for the whole app, since a place is kept by its name and read by others than who signed in.</summary>
internal sealed class PlaceLanguage
{
    public PlaceLanguage(IOptions<UserSessionOptions> options, IOptions<RequestLocalizationOptions> requests)
    {
        var culture = options.Value.Geolocation.Language is { Length: > 0 } language
            ? CultureInfo.GetCultureInfo(language)
            : CultureInfo.DefaultThreadCurrentUICulture ?? requests.Value.DefaultRequestCulture.UICulture;
        Locales = [.. LocalesOf(culture).Append("en").Distinct()];
    }

    /// <summary>The names of the language as MaxMind's files have them, the best first, English last.</summary>
    public IReadOnlyList<string> Locales { get; }

    private static IEnumerable<string> LocalesOf(CultureInfo culture)
    {
        for (var current = culture; current.Name.Length > 0; current = current.Parent)
        {
            yield return current.Name;
        }

        // The files have Chinese and Portuguese in one form each.
        switch (culture.TwoLetterISOLanguageName)
        {
            case "zh":
                yield return "zh-CN";
                break;
            case "pt":
                yield return "pt-BR";
                break;
        }
    }
}
