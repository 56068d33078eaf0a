using System.Globalization;

namespace Sessions.UI.Words;

/// <summary>Which form of a text a whole number takes in a language: CLDR's plural categories.</summary>
/// <remarks>The rules of our own languages, and of those that hosts are likely to add: a text then only needs the forms that its language has.</remarks>
internal static class PluralRules
{
    public const string Other = "other";

    private static readonly string[] _none = ["id", "ja", "km", "ko", "lo", "ms", "my", "th", "vi", "zh"];
    private static readonly string[] _zeroIsOne = ["am", "bn", "fa", "fr", "gu", "hi", "hy", "kn", "pt", "zu"];
    private static readonly string[] _eastSlavic = ["be", "bs", "hr", "ru", "sr", "uk"];

    /// <summary>The category: "zero", "one", "two", "few", "many" or "other".</summary>
    public static string Of(int count, CultureInfo culture)
    {
        var n = Math.Abs((long)count);
        return culture.TwoLetterISOLanguageName switch
        {
            var language when _none.Contains(language) => Other,
            var language when _zeroIsOne.Contains(language) && culture.Name != "pt-PT" => n < 2 ? "one" : Other,
            var language when _eastSlavic.Contains(language) => EastSlavic(n, manyIsOther: language is "bs" or "hr" or "sr"),
            "ar" => Arabic(n),
            "pl" => n == 1 ? "one" : EastSlavic(n, manyIsOther: false) is "few" ? "few" : "many",
            "cs" or "sk" => n == 1 ? "one" : n is >= 2 and <= 4 ? "few" : Other,
            "ro" => n == 1 ? "one" : n == 0 || n % 100 is >= 1 and <= 19 ? "few" : Other,
            "lt" => n % 100 is >= 11 and <= 19 ? Other : (n % 10) switch { 1 => "one", 0 => Other, _ => "few" },
            "lv" => n % 10 == 0 || n % 100 is >= 11 and <= 19 ? "zero" : n % 10 == 1 ? "one" : Other,
            "sl" => (n % 100) switch { 1 => "one", 2 => "two", 3 or 4 => "few", _ => Other },
            "he" => n switch { 1 => "one", 2 => "two", _ => Other },
            _ => n == 1 ? "one" : Other,
        };
    }

    private static string Arabic(long n) => n switch
    {
        0 => "zero",
        1 => "one",
        2 => "two",
        _ when n % 100 is >= 3 and <= 10 => "few",
        _ when n % 100 >= 11 => "many",
        _ => Other,
    };

    private static string EastSlavic(long n, bool manyIsOther) => (n % 10, n % 100) switch
    {
        (1, not 11) => "one",
        ( >= 2 and <= 4, not (>= 12 and <= 14)) => "few",
        _ => manyIsOther ? Other : "many",
    };
}
