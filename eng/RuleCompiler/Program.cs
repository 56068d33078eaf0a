using Sessions.RuleCompiler;

// Usage: RuleCompiler <eng/uap-core> <file to write>. Called by eng/DeviceRules.targets.
var (folder, output) = (Path.GetFullPath(args[0]), Path.GetFullPath(args[1]));
try
{
    using var alone = BuildLock.Take(Path.Combine(folder, ".build-lock"));
    NpmPackages.Restore(folder);
    var modules = Path.Combine(folder, "node_modules");
    var rules = RuleFiles.Read(
        Path.Combine(folder, "sessions-rules.yaml"),
        Path.Combine(modules, "uap-core", "regexes.yaml"),
        Path.Combine(modules, "crawler-user-agents", "crawler-user-agents.json"));
    var book = new RuleBookWriter().Write([.. rules]);

    // Moved into place when it is whole: a build that is stopped leaves no half of it.
    Directory.CreateDirectory(Path.GetDirectoryName(output)!);
    File.WriteAllBytes(output + ".new", book);
    File.Move(output + ".new", output, overwrite: true);
    return 0;
}
catch (Exception exception) when (exception is BuildException or NotSupportedException or IOException)
{
    Console.WriteLine(exception.Message);
    return 1;
}
