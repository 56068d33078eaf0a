namespace Sessions.UI.Tests.Harness;

/// <summary>The sources that the tests were built from.</summary>
internal static class Repository
{
    public static string Folder(string path)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Sessions.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("Sessions.sln is not above the tests.");
        }

        return Path.Combine(folder.FullName, path);
    }
}
