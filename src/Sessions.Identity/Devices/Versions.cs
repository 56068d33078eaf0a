namespace Sessions.Identity.Devices;

/// <summary>Versions as a person would say them.</summary>
internal static class Versions
{
    /// <summary>"142" of "142.0.7444.60". <see langword="null"/> for what does not begin with a number.</summary>
    public static string? Major(string? version)
    {
        var digits = (version ?? "").TakeWhile(char.IsAsciiDigit).Count();
        return digits == 0 ? null : version![..digits];
    }

    /// <summary>"18.5" of "18.5.1" or "18_5_1", "16" of "16.0.0".</summary>
    public static string? MajorMinor(string? version)
    {
        var parts = (version ?? "").Split('.', '_');
        return parts.Length == 1 ? MajorMinor(parts[0], null) : MajorMinor(parts[0], parts[1]);
    }

    public static string? MajorMinor(string? major, string? minor)
    {
        if (Major(major) is not { } first)
        {
            return null;
        }

        return Major(minor) is { } second && second.Trim('0').Length > 0 ? $"{first}.{second}" : first;
    }

    /// <summary>The first number of a version, or -1.</summary>
    public static int Number(string? version) => int.TryParse(Major(version), out var number) ? number : -1;
}
