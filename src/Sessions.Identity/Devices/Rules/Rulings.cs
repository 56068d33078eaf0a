namespace Sessions.Identity.Devices.Rules;

/// <summary>What a browser rule says.</summary>
internal sealed record BrowserRuling(string Family, string? Major = null, string? Minor = null, string? Patch = null);

/// <summary>What a rule for operating systems says.</summary>
internal sealed record SystemRuling(string Family, string? Major = null, string? Minor = null, string? Patch = null, string? PatchMinor = null);

/// <summary>What a device rule says.</summary>
internal sealed record DeviceRuling(string Family, string? Brand = null, string? Model = null);

/// <summary>Which crawler a text names, in its own words, and whether it is rather an HTTP library.</summary>
internal sealed record CrawlerRuling(string Matched, bool IsLibrary);
