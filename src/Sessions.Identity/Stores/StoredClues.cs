namespace Sessions.Identity.Stores;

/// <summary>What a row keeps of a device as it was sent.</summary>
internal sealed record StoredClues(string? UserAgent, string? ClientHints);
