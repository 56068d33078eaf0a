namespace Sessions.Identity.Devices;

/// <summary>What the thousands of models that no rule lists have in their names: "Tab 8E", "ImPAD 2412", "MYSTERY_TV_D23", "50LU8110T".</summary>
internal static class ModelWords
{
    public static bool SoundLikeATablet(string userAgent)
    {
        foreach (var word in Words(userAgent))
        {
            var name = userAgent.AsSpan()[word];
            if (name.Equals("tab", StringComparison.OrdinalIgnoreCase) || name.Equals("pad", StringComparison.OrdinalIgnoreCase)
                || name.EndsWith("Tab", StringComparison.Ordinal) || name.EndsWith("TAB", StringComparison.Ordinal)
                || name.EndsWith("Pad", StringComparison.Ordinal) || name.EndsWith("PAD", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    public static bool SoundLikeATelevision(string userAgent)
    {
        foreach (var word in Words(userAgent))
        {
            if (userAgent.AsSpan()[word].EndsWith("TV", StringComparison.Ordinal))
            {
                return true;
            }
        }

        return userAgent.Contains("Android", StringComparison.Ordinal) && BeginsWithASize(userAgent);
    }

    // The model of a television begins with its diagonal in inches, and letters behind it.
    private static bool BeginsWithASize(string userAgent)
    {
        var at = userAgent.IndexOf("Android", StringComparison.Ordinal);
        at = userAgent.IndexOf("; ", at, StringComparison.Ordinal);
        if (at < 0 || at + 7 > userAgent.Length)
        {
            return false;
        }

        var model = userAgent.AsSpan(at + 2, 5);
        return int.TryParse(model[..2], out var inches) && inches is >= 22 and <= 98
            && char.IsAsciiDigit(model[0]) && char.IsAsciiLetterUpper(model[2])
            && (char.IsAsciiLetterUpper(model[3]) || char.IsAsciiDigit(model[3])) && (char.IsAsciiLetterUpper(model[4]) || char.IsAsciiDigit(model[4]));
    }

    // Letters only: digits, dashes and underscores part them. Only what the platform's comment says.
    private static List<Range> Words(string userAgent)
    {
        var words = new List<Range>();
        var (start, end) = (userAgent.IndexOf('(', StringComparison.Ordinal) + 1, userAgent.IndexOf(") ", StringComparison.Ordinal));
        end = end < start ? userAgent.Length : end;
        for (var at = start; at < end; at++)
        {
            if (char.IsAsciiLetter(userAgent[at]))
            {
                continue;
            }

            if (at > start)
            {
                words.Add(start..at);
            }

            start = at + 1;
        }

        if (end > start)
        {
            words.Add(start..end);
        }

        return words;
    }
}
