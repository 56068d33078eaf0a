using System.Text.Json;

namespace Sessions.Benchmarks.Devices;

/// <summary>The hundred commonest user agents, as the npm package top-user-agents has them.</summary>
internal static class UserAgents
{
    public const int Count = 100;

    public static string[] Read() =>
        [.. JsonSerializer.Deserialize<string[]>(File.ReadAllBytes(Find()))!.Take(Count)];

    // BenchmarkDotNet runs from a folder of its own, below the repository.
    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "eng", "user-agents", "node_modules", "top-user-agents", "src", "index.json");
            if (File.Exists(file))
            {
                return file;
            }
        }

        throw new FileNotFoundException("The user agents are missing: run npm ci --prefix eng/user-agents in the repository's folder.");
    }
}
