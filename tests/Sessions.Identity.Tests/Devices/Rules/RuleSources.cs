extern alias compiler;
using compiler::Sessions.RuleCompiler;
using Sessions.Identity.Devices.Rules;

namespace Sessions.Identity.Tests.Devices.Rules;

/// <summary>The rules as their files have them, beside the compiled book.</summary>
internal static class RuleSources
{
    private static readonly Lazy<(Rule[] Sources, RuleBook Book)> _both = new(Compile);

    public static Rule[] Sources => _both.Value.Sources;

    public static RuleBook Book => _both.Value.Book;

    private static (Rule[] Sources, RuleBook Book) Compile()
    {
        var folder = Path.Combine(Repository.Folder, "eng", "uap-core");
        using var alone = BuildLock.Take(Path.Combine(folder, ".build-lock"));
        NpmPackages.Restore(folder);
        var rules = RuleFiles.Read(
            Path.Combine(folder, "sessions-rules.yaml"),
            Path.Combine(folder, "node_modules", "uap-core", "regexes.yaml"),
            Path.Combine(folder, "node_modules", "crawler-user-agents", "crawler-user-agents.json")).ToArray();
        return (rules, RuleBookReader.Read(new MemoryStream(new RuleBookWriter().Write(rules))));
    }
}
