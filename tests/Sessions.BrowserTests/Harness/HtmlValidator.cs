using System.Diagnostics;
using Sessions.Tests.Templates;

namespace Sessions.BrowserTests.Harness;

/// <summary>The Nu Html Checker, which eng/test.sh installs. It needs Java.</summary>
internal static class HtmlValidator
{
    /// <summary>Checks whole pages.</summary>
    /// <returns>What is wrong, a line each.</returns>
    public static async Task<IEnumerable<string>> CheckAsync(IEnumerable<string> pages)
    {
        var checker = Path.Combine(Tool.Repository, "eng", "html", "node_modules", "vnu-jar", "build", "dist", "vnu.jar");
        if (!File.Exists(checker))
        {
            Skips.OrFail("The HTML checker is not installed: eng/test.sh installs it.");
        }

        var folder = Directory.CreateTempSubdirectory("sessions-html-");
        try
        {
            foreach (var (page, number) in pages.Select((page, number) => (page, number)))
            {
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{number}.html"), page);
            }

            // Warnings are its opinions, such as which language a text seems to be in.
            using var process = Process.Start(new ProcessStartInfo("java", ["-jar", checker, "--errors-only", "--also-check-svg", folder.FullName]) { RedirectStandardError = true })!;
            var said = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith("Picked up ", StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
