namespace Sessions.Identity.Tests.Locations;

/// <summary>
/// MaxMind's published test databases. They are not part of the repository: SESSIONS_TEST_GEO names their folder, by default
/// ../shared/geo beside it. Tests that read them carry the category, so that they can be left out by name.
/// </summary>
internal static class MaxMindFiles
{
    public const string Category = "MaxMindFiles";

    private const string Variable = "SESSIONS_TEST_GEO";

    /// <summary>The path of one of them; the test is skipped where they are missing, unless nothing may be skipped.</summary>
    public static string Path(string name)
    {
        var path = System.IO.Path.Combine(Folder(), name + ".mmdb");
        if (!File.Exists(path))
        {
            var reason = $"MaxMind's test databases are not there: set {Variable} to a folder with the files of github.com/maxmind/MaxMind-DB, test-data.";
            Assert.False(Environment.GetEnvironmentVariable("SESSIONS_TESTS_NOTHING_SKIPPED") == "1", reason);
            Assert.Skip(reason);
        }

        return path;
    }

    private static string Folder()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return named;
        }

        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Sessions.sln")))
        {
            folder = folder.Parent;
        }

        return System.IO.Path.Combine(folder?.Parent?.FullName ?? string.Empty, "shared", "geo");
    }
}
