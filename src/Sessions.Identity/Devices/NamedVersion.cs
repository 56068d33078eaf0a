namespace Sessions.Identity.Devices;

/// <summary>A name and, where it is a fact, its version.</summary>
internal readonly record struct NamedVersion(string? Name, string? Version);
