namespace Sessions.Identity.Devices;

/// <summary>What Chromium says of itself in its client hints. It fills in what the frozen user agent left out.</summary>
internal sealed record ClientHints
{
    public static ClientHints None { get; } = new();

    public IReadOnlyList<Brand> Brands { get; private init; } = [];

    public bool? IsMobile { get; private init; }

    public string? Platform { get; private init; }

    public string? PlatformVersion { get; private init; }

    public string? Model { get; private init; }

    public string? FormFactors { get; private init; }

    /// <remarks>Only Chromium sends them. Beside the user agent of another engine they are somebody's invention, and count for nothing.</remarks>
    public static ClientHints Read(string userAgent, IReadOnlyDictionary<string, string> headers)
    {
        if (headers.Count == 0 || (userAgent.Length > 0 && !IsChromium(userAgent)))
        {
            return None;
        }

        var full = BrandList.Parse(headers.GetValueOrDefault("Sec-CH-UA-Full-Version-List"));
        return new ClientHints
        {
            Brands = full.Count > 0 ? full : BrandList.Parse(headers.GetValueOrDefault("Sec-CH-UA")),
            IsMobile = headers.GetValueOrDefault("Sec-CH-UA-Mobile")?.Trim() switch { "?1" => true, "?0" => false, _ => null },
            Platform = Quoted("Sec-CH-UA-Platform"),
            PlatformVersion = Quoted("Sec-CH-UA-Platform-Version"),
            Model = Quoted("Sec-CH-UA-Model"),
            FormFactors = headers.GetValueOrDefault("Sec-CH-UA-Form-Factors"),
        };

        string? Quoted(string name) => DeviceText.Clean(BrandList.Unquote(headers.GetValueOrDefault(name)));
    }

    public bool HasFormFactor(string name) => FormFactors?.Contains($"\"{name}\"", StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsChromium(string userAgent) =>
        userAgent.Contains("Chrome/", StringComparison.Ordinal) || userAgent.Contains("Chromium/", StringComparison.Ordinal);
}
