namespace Sessions.Benchmarks.Connections;

/// <summary>What came when, in milliseconds after the revocation was asked for.</summary>
/// <param name="Written">The end is committed.</param>
/// <param name="Gone">The browser's WebSocket is closed.</param>
/// <param name="Told">The browser shows the login page with the reason.</param>
internal sealed record End(double Written, double Gone, double Told);
