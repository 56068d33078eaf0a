using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Sessions.RuleCompiler;

/// <summary>Restores the npm packages that the rules come from, as their lock file pins them.</summary>
internal static class NpmPackages
{
    private const string Stamp = "node_modules/.restored-lock.json";

    public static void Restore(string folder)
    {
        var stamp = Path.Combine(folder, Stamp);
        var pinned = File.ReadAllText(Path.Combine(folder, "package-lock.json"));
        if (File.Exists(stamp) && File.ReadAllText(stamp) == pinned)
        {
            return;
        }

        Run(folder);
        File.WriteAllText(stamp, pinned);
    }

    private static void Run(string folder)
    {
        var windows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
        var start = new ProcessStartInfo(windows ? "cmd.exe" : "npm", windows ? "/c npm ci" : "ci")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var npm = Process.Start(start)!;
            var output = Task.WhenAll(npm.StandardOutput.ReadToEndAsync(), npm.StandardError.ReadToEndAsync());
            npm.WaitForExit();
            if (npm.ExitCode != 0)
            {
                throw new BuildException($"'npm ci' in {folder} failed ({npm.ExitCode}): {string.Join(' ', output.Result).ReplaceLineEndings(" ").Trim()}");
            }
        }
        catch (Win32Exception)
        {
            throw new BuildException("npm was not found: install Node.js 20 or newer (it brings npm) and build again; the device rules of Sessions.Identity are made from two npm packages.");
        }
    }
}
