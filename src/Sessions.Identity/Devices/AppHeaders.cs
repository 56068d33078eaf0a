namespace Sessions.Identity.Devices;

/// <summary>What a host's own app says of itself in X-Client-Platform, -Version, -Build and -OS. A value of another form counts as not sent.</summary>
internal sealed record AppHeaders(string? Platform, string? Version, string? Build, NamedVersion System)
{
    private const int LongestVersion = 32;

    public static AppHeaders Read(IReadOnlyDictionary<string, string> headers)
    {
        var platform = PlatformNames.Find(headers.GetValueOrDefault("X-Client-Platform"));
        var (name, version) = ReadSystem(headers.GetValueOrDefault("X-Client-OS"));
        return new AppHeaders(
            platform,
            Valid(headers.GetValueOrDefault("X-Client-Version")),
            Valid(headers.GetValueOrDefault("X-Client-Build")),
            new NamedVersion(name ?? platform, version));
    }

    // "iOS 18.5", or with the platform said already: "18.5".
    private static NamedVersion ReadSystem(string? text)
    {
        var words = (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words switch
        {
            [var version] when char.IsAsciiDigit(version[0]) && Valid(version) is not null => new(null, Versions.MajorMinor(version)),
            [var name] => new(PlatformNames.Find(name), null),
            [var name, var version] when Valid(version) is not null => new(PlatformNames.Find(name), Versions.MajorMinor(version)),
            _ => default,
        };
    }

    private static string? Valid(string? version) =>
        version is { Length: > 0 and <= LongestVersion } && version.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_' or '+')
            ? version
            : null;
}
