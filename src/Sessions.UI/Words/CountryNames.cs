using System.Collections.Concurrent;
using System.Globalization;

namespace Sessions.UI.Words;

/// <summary>What a country is called in a language. The names are those of the system's globalization data.</summary>
internal static class CountryNames
{
    private static readonly ConcurrentDictionary<string, string?> _names = new();

    /// <summary>The name, or <see langword="null"/> where there is none.</summary>
    public static string? Of(string? code, CultureInfo culture)
    {
        if (code is not { Length: 2 } || !code.All(char.IsAsciiLetter) || code is "ZZ")
        {
            return null;
        }

        var language = culture.IsNeutralCulture ? culture.Name : culture.Parent.Name;
        return _names.GetOrAdd($"{(language.Length == 0 ? "en" : language)}-{code.ToUpperInvariant()}", Find);
    }

    // A region's "native" name is that in the language it was asked for with: German for de-ES. RegionInfo's DisplayName is of no use:
    // it remembers the language of whoever asked first.
    private static string? Find(string name)
    {
        try
        {
            var found = new RegionInfo(name).NativeName;
            return found.Length > 2 ? found : null; // a code that nobody knows is its own name
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
