namespace Sessions.Identity.Devices;

/// <summary>Finds products in a user agent, such as <c>Electron/28.1.1</c>.</summary>
internal static class ProductToken
{
    /// <summary>Whether the text names that product, as a word of its own and whatever follows.</summary>
    public static bool Has(string userAgent, string name) => IndexOf(userAgent, name, StringComparison.Ordinal) >= 0;

    /// <summary>The version behind the product's name, or <see langword="null"/> if the product or its version is missing.</summary>
    public static string? Version(string userAgent, string name, StringComparison comparison = StringComparison.Ordinal)
    {
        var at = IndexOf(userAgent, name, comparison);
        return at < 0 ? null : VersionAt(userAgent.AsSpan(at + name.Length));
    }

    /// <summary>The position of the product's name as a word of its own, or -1.</summary>
    public static int IndexOf(string userAgent, string name, StringComparison comparison)
    {
        for (var at = userAgent.IndexOf(name, comparison); at >= 0; at = userAgent.IndexOf(name, at + 1, comparison))
        {
            if ((at == 0 || !IsWord(userAgent[at - 1])) && EndsWord(userAgent, at + name.Length))
            {
                return at;
            }
        }

        return -1;
    }

    private static ReadOnlySpan<char> Digits(ReadOnlySpan<char> text)
    {
        var end = 0;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '.' or '_' or '-' or '+'))
        {
            end++;
        }

        return text[..end].TrimEnd('.');
    }

    // "Instagram 300.1", "Line/13.2", "app v2.4".
    private static string? VersionAt(ReadOnlySpan<char> rest)
    {
        rest = rest.TrimStart("/ ");
        if (rest.Length > 1 && rest[0] is 'v' or 'V')
        {
            rest = rest[1..];
        }

        return rest.Length > 0 && char.IsAsciiDigit(rest[0]) ? Digits(rest).ToString() : null;
    }

    private static bool IsWord(char character) => char.IsLetterOrDigit(character) || character == '_';

    // A name that ends in punctuation ends itself.
    private static bool EndsWord(string userAgent, int end) => end == userAgent.Length || !IsWord(userAgent[end]) || !IsWord(userAgent[end - 1]);
}
