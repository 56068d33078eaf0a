namespace Sessions.BrowserTests.Harness;

/// <summary>Where screenshots are kept to look at.</summary>
internal static class Screenshots
{
    public static string Folder { get; } = Directory.CreateDirectory(
        Environment.GetEnvironmentVariable("SESSIONS_SCREENSHOTS") ?? Path.Combine(AppContext.BaseDirectory, "screenshots")).FullName;
}
