namespace Sessions.Identity;

/// <summary>Makes a country's flag from its code: two regional indicator symbols (Unicode, UTS #51).</summary>
internal static class CountryFlag
{
    private const int RegionalIndicatorA = 0x1F1E6;

    public static string? Of(string? countryCode) =>
        countryCode is { Length: 2 } && char.IsAsciiLetter(countryCode[0]) && char.IsAsciiLetter(countryCode[1])
            ? Indicator(countryCode[0]) + Indicator(countryCode[1])
            : null;

    private static string Indicator(char letter) => char.ConvertFromUtf32(RegionalIndicatorA + char.ToUpperInvariant(letter) - 'A');
}
