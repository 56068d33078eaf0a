namespace Sessions.Identity.Administration;

/// <summary>The words that an operator looks for in a device's name. What says nothing, or too much, finds nothing: it must not find, or end, everything.</summary>
internal static class DeviceWords
{
    private const int MostWords = 6;
    private const int LongestText = 128;

    /// <summary>Reads "Chrome 142 on Windows 11".</summary>
    /// <returns>Its words in lower case, or <see langword="null"/> if there is none, or there are too many.</returns>
    public static IReadOnlyList<string>? Read(string text)
    {
        if (text.Length > LongestText)
        {
            return null;
        }

        string[] words = [.. text
            .ToLowerInvariant()
            .Split((char[])[' ', '(', ')', ','], StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word != "on")];
        return words.Length is > 0 and <= MostWords ? words : null;
    }
}
