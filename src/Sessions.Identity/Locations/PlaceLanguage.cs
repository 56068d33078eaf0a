using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

namespace Sessions.Identity.Locations;

/// <summary>The language that places are named in: one for the whole app, since a place is kept by its name and read by others than who signed in.</summary>
internal sealed class PlaceLanguage
{
    private readonly CultureInfo _culture;

    public PlaceLanguage(IOptions<UserSessionOptions> options, IOptions<RequestLocalizationOptions> requests)
    {
        _culture = options.Value.Geolocation.Language is { Length: > 0 } language
            ? CultureInfo.GetCultureInfo(language)
            : CultureInfo.DefaultThreadCurrentUICulture ?? requests.Value.DefaultRequestCulture.UICulture;
        Locales = [.. LocalesOf(_culture).Append("en").Distinct()];
    }

    /// <summary>The names of the language as MaxMind's files have them, the best first, English last.</summary>
    public IReadOnlyList<string> Locales { get; }

    /// <summary>A country's name by its code, where the machine knows one.</summary>
    public string? CountryName(string code)
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = _culture;
            var region = new RegionInfo(code);
            return region.DisplayName == code ? null : region.DisplayName;
        }
        catch (ArgumentException)
        {
            return null; // A code that is newer than the machine's tables.
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

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
