namespace Sessions.Identity.Devices;

/// <summary>A host's own app, as far as a user agent names it.</summary>
internal sealed record NativeApp(string? Name, string? Version = null, string? Build = null, string? Model = null, NamedVersion System = default);
