using System.Runtime.Versioning;
using MaxMind.Db;
using MaxMind.GeoIP2;

namespace Sessions.Identity.Locations.Databases;

/// <summary>Opens a database through a copy of our own, memory-mapped and without a name.</summary>
/// <remarks>
/// A mapped file that somebody truncates kills the process at the next read of what is gone: no exception can be caught. Nobody else has
/// the copy. The file itself stays free to be replaced. On Windows, where what is mapped keeps its name, it is held in memory instead.
/// </remarks>
internal static class DatabaseCopy
{
    public static DatabaseReader Open(string path, IReadOnlyList<string> locales, string? temporaryFolder = null)
    {
        using var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, FileOptions.SequentialScan);
        if (OperatingSystem.IsWindows())
        {
            return new DatabaseReader(source, locales);
        }

        string copy;
        try
        {
            copy = Copy(source, temporaryFolder ?? Path.GetTempPath());
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Nowhere to put a copy: then it is held in memory.
            source.Position = 0;
            return new DatabaseReader(source, locales);
        }

        try
        {
            return new DatabaseReader(copy, locales, FileAccessMode.MemoryMapped);
        }
        finally
        {
            Forget(copy);
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static string Copy(FileStream source, string folder)
    {
        var copy = Path.Combine(folder, $"sessions-places-{Path.GetRandomFileName()}");
        var settings = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite };
        try
        {
            using var target = new FileStream(copy, settings);
            source.CopyTo(target);
            return copy;
        }
        catch
        {
            Forget(copy);
            throw;
        }
    }

    // What is mapped stays readable without its name, and is gone with the process at the latest.
    private static void Forget(string copy)
    {
        try
        {
            File.Delete(copy);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
        }
    }
}
