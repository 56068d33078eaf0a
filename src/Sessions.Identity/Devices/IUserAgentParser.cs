namespace Sessions.Identity;

/// <summary>Tells a device from what its browser or app sends of itself. Register your own in DI to replace the built-in one.</summary>
/// <remarks>
/// Both arguments are written by the client, so by anybody: an implementation never throws for them and always ends within a bound.
/// It is called from several threads at once.
/// </remarks>
public interface IUserAgentParser
{
    /// <summary>Parses a user agent together with the client-hint and platform headers that came with it.</summary>
    /// <param name="userAgent">The User-Agent header, cut to its bound, or <see langword="null"/> if there was none.</param>
    /// <param name="headers">The captured headers (Sec-CH-UA…, X-Client-…), by name without regard to case. May be empty.</param>
    /// <returns>What is known of the device; <see cref="DeviceInfo.Unknown"/> if nothing is.</returns>
    DeviceInfo Parse(string? userAgent, IReadOnlyDictionary<string, string> headers);
}
