namespace Sessions.Identity.Tests;

/// <summary>Where the repository is, for tests that read a file of it.</summary>
internal static class Repository
{
    public static string Folder { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Sessions.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests run outside of the repository.");
    }
}
