namespace Sessions.Identity.Devices;

/// <summary>Parses what a row keeps of its device once more, with the rules of today.</summary>
internal static class StoredDevice
{
    /// <param name="parser">The parser in use, the host's own or ours.</param>
    /// <param name="userAgent">The column UserAgent.</param>
    /// <param name="clientHints">The column ClientHints, as <see cref="ClientHintHeaders.ToJson"/> wrote it.</param>
    public static DeviceInfo Reparse(IUserAgentParser parser, string? userAgent, string? clientHints) =>
        parser.Parse(userAgent, ClientHintHeaders.FromJson(clientHints));
}
